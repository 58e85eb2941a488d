import { expect, test } from 'vitest';
import type { LocalDate } from '@smc/domain';
import { demarcationOf, SMALL_ORGANISATION } from '@smc/decision/testing/small-organisation';
import { rollOutOf } from './roll-out.ts';

const LAWS = ['ZW', 'WIA', 'PW'];
const day = (text: string) => text as LocalDate;
const small = demarcationOf(SMALL_ORGANISATION);

test('each district says how far its offices are, and what comes next', () => {
  const { districts } = rollOutOf(small, LAWS, day('2026-07-01'));

  expect(districts.map(({ district }) => district)).toEqual([
    'd-dom',
    'd-hanze',
    'd-kade',
    'd-plas',
    'd-rijn',
  ]);
  expect(districts[4]).toEqual({
    district: 'd-rijn',
    offices: 1,
    onPostcode: 0,
    teams: 2,
    meerwettig: 2,
    each: [
      {
        office: 'rijn',
        basis: 'bsn',
        next: { from: '2026-09-01', basis: 'postcode' },
        teams: 2,
        meerwettig: 2,
      },
    ],
  });
});

test('offices on postcode are counted by the day, from 11 to 27', () => {
  const bases = ['postcode', 'bsn', 'workload'] as const;
  const offices = Array.from({ length: 27 }, (_, i) => {
    const first = bases[i < 11 ? 0 : i < 22 ? 1 : 2] ?? 'manual';
    // Each of the others has a day of its own.
    const switched = i < 11 ? {} : { [`2027-01-${String(i).padStart(2, '0')}`]: 'postcode' };
    return [`o${i}`, { bases: { '2020-01-01': first, ...switched }, postcodes: [], teams: {} }];
  });
  const demarcation = demarcationOf({ offices: Object.fromEntries(offices) });
  const on = (text: string) => rollOutOf(demarcation, LAWS, day(text));

  expect(on('2026-07-01')).toMatchObject({
    offices: 27,
    onPostcode: 11,
    bases: { postcode: 11, bsn: 11, workload: 5, manual: 0 },
  });
  expect(on('2027-01-11').onPostcode).toBe(12);
  expect(on('2027-01-26')).toMatchObject({ onPostcode: 27, bases: { postcode: 27, bsn: 0 } });
  expect(on('2019-12-31')).toMatchObject({ onPostcode: 0, bases: { postcode: 0, bsn: 0 } });
});

test('a team is meerwettig when it handles every law and line, and PW does not count', () => {
  const teams = {
    all: {},
    'without-pw': { laws: ['ZW', 'WIA'] },
    'zw-and-pw': { laws: ['ZW', 'PW'] },
    'one-line': { lines: ['vangnet'] },
    learns: { laws: ['WIA'], later: { '2026-09-01': {} } },
    gone: { until: '2026-01-01' },
    pw: { profile: 'participatiewet' as const, laws: ['PW'] },
  };
  const bases = { '2020-01-01': 'postcode' } as const;
  const demarcation = demarcationOf({ offices: { dom: { bases, postcodes: [], teams } } });

  expect(rollOutOf(demarcation, LAWS, day('2026-08-31'))).toMatchObject({
    teams: 5,
    meerwettig: 2,
  });
  expect(rollOutOf(demarcation, LAWS, day('2026-09-01'))).toMatchObject({
    teams: 5,
    meerwettig: 3,
  });
});
