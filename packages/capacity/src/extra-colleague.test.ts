import { expect, test } from 'vitest';
import { rankOptions, type Group } from './extra-colleague.ts';
import { compareRatios, ratio } from './ratio.ts';

const HOUR = 60;
const anne = { name: 'Anne', minutes: 10 * HOUR, roles: [] };
const extra = { name: 'Lisette', minutes: 20 * HOUR, roles: [] };
const group = (name: string, clients: number, people = [anne]): Group => ({
  name,
  clients,
  colleagues: people,
});

test('an option that leaves a group without hours comes last, whatever the others are', () => {
  const groups = [group('full', 900), group('empty', 30, []), group('light', 10)];
  const { options, nobody } = rankOptions(groups, extra, []);
  expect(options.map(({ joins }) => joins)).toEqual(['empty', 'full', 'light']);
  expect(options.map(({ spread }) => spread === undefined)).toEqual([false, true, true]);
  expect(nobody.perHour[1]).toBeUndefined();
});

test('the clients per hour are exact', () => {
  const { options } = rankOptions([group('one', 100)], extra, []);
  const [perHour] = options[0]?.perHour ?? [];
  expect(perHour && compareRatios(perHour, ratio(100, 30))).toBe(0);
});

test('of equally fair options the group named first is first', () => {
  const { options } = rankOptions([group('b', 50), group('a', 50)], extra, []);
  expect(options.map(({ joins }) => joins)).toEqual(['b', 'a']);
});
