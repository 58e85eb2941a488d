import { expect, test } from 'vitest';
import { checkConsistency, type Sources } from './consistency.ts';

const NOTHING: Sources = { statements: [], mentioned: [], sums: [], populations: [] };
const row = (name: string, source = 'table') => ({
  source,
  name,
  minutes: 36 * 60,
  clients: 90,
  target: undefined,
});
const codes = (sources: Partial<Sources>) =>
  checkConsistency({ ...NOTHING, ...sources }).map(({ code }) => code);

test('what agrees is silent', () => {
  const statements = [row('Anne', 'a'), row('Anne', 'b'), row('Bob', 'a')];
  const populations = [
    { what: 'here', clients: 5, filters: 'none' },
    { what: 'there', clients: 5, filters: 'none' },
  ];
  expect(codes({ statements, mentioned: ['Anne'], populations })).toEqual([]);
  expect(codes({})).toEqual([]);
});

test.each([
  ['Ann', 'Anne', true],
  ['Anne', 'Enne', true],
  ['Anne', 'Anke', true],
  ['Anne', 'Anen', false],
  ['Anne', 'Enke', false],
  ['Jan', 'Janne', false],
  ['Bob', 'Anne', false],
  ['Jan', 'Janine', false],
  ['Anne', 'Nna', false],
])('%s and %s may be one person: %s', (a, b, alike) => {
  expect(codes({ statements: [row(a), row(b)] })).toEqual(alike ? ['NAMES_ALIKE'] : []);
});

test('a figure that only one table gives contradicts nothing', () => {
  const silent = { ...row('Anne', 'b'), minutes: undefined, clients: undefined };
  expect(codes({ statements: [row('Anne', 'a'), silent] })).toEqual([]);
});
