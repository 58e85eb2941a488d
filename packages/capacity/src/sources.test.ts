/** Figures of the sources that are no sum of their own: they must be taken as they are. */
import { expect, test } from 'vitest';
import { judgeCaseload, type Band } from './band.ts';
import { activeClients, knowsLess } from './caseload-measures.ts';
import { checkConsistency, sumDiffers } from './consistency.ts';
import { decimals, ratio } from './ratio.ts';

const WEEK = 32 * 60;
const judged = (clients: number, band: Band) =>
  judgeCaseload(
    { contractMinutes: WEEK, netMinutes: WEEK, loadThousandths: clients * 1000, reasons: [] },
    band,
  );
const GENERAL: Band = { min: ratio(300, 32), max: ratio(400, 32) };
const YOUTH: Band = { min: ratio(100, 32), max: ratio(150, 32) };

test('C01 of 972 clients the filters leave 400, and a count with other filters is told apart', () => {
  const parts = [25, 93, 188, 94];
  expect(sumDiffers({ what: 'in the classes', parts, stated: 972 })).toMatchObject([
    { message: '25 + 93 + 188 + 94 = 400, and 972 is stated: -572' },
  ]);
  const populations = [
    { what: 'in all', clients: 972, filters: 'none' },
    { what: 'in the classes', clients: 400, filters: 'indicatie, statushouders, ontheffing' },
  ];
  expect(checkConsistency({ statements: [], mentioned: [], sums: [], populations })).toEqual([
    {
      code: 'POPULATIONS_DIFFER',
      about: 'clients',
      message: '972 in all (none); 400 in the classes (indicatie, statushouders, ontheffing)',
    },
  ]);
});

test('D12 three to four hundred cases on one name are a caseload like any other', () => {
  expect([299, 300, 400, 401].map((clients) => judged(clients, GENERAL).kind)).toEqual([
    'under',
    'within',
    'within',
    'over',
  ]);
});

test('D13 youth workers have a band of their own: 150 is the most for them, and little for others', () => {
  expect(judged(150, YOUTH).kind).toBe('within');
  expect(judged(151, YOUTH).kind).toBe('over');
  expect(judged(150, GENERAL).kind).toBe('under');
});

test('E07 120 clients at a municipality and 300 at UWV are more than one person knows', () => {
  expect([120, 300].map((clients) => knowsLess(clients))).toEqual([true, true]);
  expect([120, 300].map((clients) => decimals(activeClients(clients, 15), 0))).toEqual([
    '18',
    '45',
  ]);
});
