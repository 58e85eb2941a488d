import { expect, test } from 'vitest';
import { fteNeeded, withNormTimesOff } from './fte.ts';
import { decimals, type Ratio } from './ratio.ts';

const YEAR = 30 * 60 * 42;
const work = [
  { team: 'noord-1', product: 'wia-aanvraag', casesPerYear: 1200, normMinutes: 540 },
  { team: 'noord-2', product: 'wia-aanvraag', casesPerYear: 900, normMinutes: 540 },
  { team: 'noord-1', product: 'zw-beoordeling', casesPerYear: 2600, normMinutes: 150 },
];
const three = (fte: Ratio) => decimals(fte, 3);

test('E19 cases times norm time, over what one FTE has in a year, per team and per product', () => {
  const { total, perTeam, perProduct } = fteNeeded(work, YEAR);
  expect(three(total)).toBe('20.159');
  const shown = (parts: typeof perTeam) => parts.map(({ name, fte }) => `${name} ${three(fte)}`);
  expect(shown(perTeam)).toEqual(['noord-1 13.730', 'noord-2 6.429']);
  expect(shown(perProduct)).toEqual(['wia-aanvraag 15.000', 'zw-beoordeling 5.159']);
});

test('E20 norm times that are a tenth too short hide two FTE', () => {
  const { total } = fteNeeded(work, YEAR);
  expect([-10, 0, 10].map((percent) => three(withNormTimesOff(total, percent)))).toEqual([
    '18.143',
    '20.159',
    '22.175',
  ]);
});

test('D17 a new product of 300 cases asks its team for 0.794 FTE on top', () => {
  const added = [
    { team: 'noord-1', product: 'deskundigenoordeel', casesPerYear: 300, normMinutes: 200 },
  ];
  const [extra] = fteNeeded(added, YEAR).perTeam;
  expect(extra && [extra.name, three(extra.fte)]).toEqual(['noord-1', '0.794']);
});
