import type { Statement } from '../consistency.ts';

/** The five colleagues of the document of 3 March 2020, second table, as it stands there. */
export const COLLEAGUES = [
  { name: 'Anne', minutes: 36 * 60, clients: 90, target: 106 },
  { name: 'Bob', minutes: 36 * 60, clients: 122, target: 106 },
  { name: 'Emmy', minutes: 28 * 60, clients: 71, target: 82 },
  { name: 'Julie', minutes: 36 * 60, clients: 186, target: 106 },
  { name: 'Lisette', minutes: 24 * 60, clients: 0, target: 70 },
] as const;

/** The same people in all three tables; the third gives Emmy 24 hours and 82 clients, and says Ann. */
export const STATEMENTS: readonly Statement[] = [
  ...COLLEAGUES.map(({ name, minutes }) => ({
    source: 'table 1',
    name,
    minutes,
    clients: undefined,
    target: undefined,
  })),
  ...COLLEAGUES.map((colleague) => ({ source: 'table 2', ...colleague })),
  ...[
    { name: 'Emmy', minutes: 24 * 60, clients: 82 },
    { name: 'Bob', minutes: 36 * 60, clients: 122 },
    { name: 'Julie', minutes: 36 * 60, clients: 186 },
    { name: 'Ann', minutes: 36 * 60, clients: 90 },
  ].map((row) => ({ source: 'table 3', ...row, target: undefined })),
];

/** The groups that the document proposes, and who would work in them. */
export const GROUPS = [
  { name: '18-29', clients: 133, colleagues: [colleague('Emmy', 24, ['intaker'])] },
  { name: '30-45', clients: 254, colleagues: [colleague('Bob', 36, ['intaker'])] },
  { name: '46-AOW', clients: 294, colleagues: [colleague('Julie', 36), colleague('Ann', 36)] },
];

export const LISETTE = colleague('Lisette', 24, ['intaker']);

function colleague(name: string, hours: number, roles: readonly string[] = []) {
  return { name, minutes: hours * 60, roles };
}
