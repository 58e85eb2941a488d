import { describe, expect, test } from 'vitest';
import { bandTogether, countsIn, judgeCaseload, minutesFor, type Caseload } from './band.ts';
import { decimals, ratio } from './ratio.ts';

const HOUR = 60;
const band = { min: ratio(2), max: ratio(3) };
const caseload = (clients: number, also: Partial<Caseload> = {}): Caseload => ({
  contractMinutes: 36 * HOUR,
  netMinutes: 36 * HOUR,
  loadThousandths: clients * 1000,
  reasons: [],
  ...also,
});

describe('a signal both ways, and never a block', () => {
  test.each([
    [71, 'under', 1],
    [72, 'within', 0],
    [108, 'within', 0],
    [109, 'over', 1],
    [120, 'over', 12],
  ])('%i clients in 36 hours at 2 to 3 an hour: %s by %i', (clients, kind, by) => {
    expect(judgeCaseload(caseload(clients), band)).toMatchObject({ kind, by });
  });

  test('a part of a standard client above the band counts as one to hand over', () => {
    const { kind, by } = judgeCaseload(caseload(0, { loadThousandths: 108_100 }), band);
    expect([kind, by]).toEqual(['over', 1]);
  });
});

describe('reasons', () => {
  test('over on net hours and not on contract hours: the side tasks', () => {
    const busy = caseload(108, { netMinutes: 30 * HOUR });
    expect(judgeCaseload(busy, band)).toEqual({
      kind: 'over',
      by: 18,
      reasons: ['SIDE_TASKS'],
      reasonWanted: false,
    });
  });

  test('over on contract hours too: side tasks are not the reason, and one is asked for', () => {
    const busy = caseload(109, { netMinutes: 30 * HOUR });
    expect(judgeCaseload(busy, band)).toMatchObject({ reasons: [], reasonWanted: true });
  });

  test('a recorded reason is enough, and is kept within the band as well', () => {
    const recorded = { reasons: ['HEAVIER_AREA'] as const };
    const over = judgeCaseload(caseload(109, recorded), band);
    expect(over).toMatchObject({ reasons: ['HEAVIER_AREA'], reasonWanted: false });
    const within = judgeCaseload(caseload(108, recorded), band);
    expect(within).toMatchObject({ reasons: ['HEAVIER_AREA'], reasonWanted: false });
  });

  test('under the band nobody is asked for a reason; without any client it is a new colleague', () => {
    const few = { kind: 'under', reasons: [], reasonWanted: false };
    expect(judgeCaseload(caseload(1), band)).toMatchObject(few);
    const none = { kind: 'under', by: 72, reasons: ['NEW_COLLEAGUE'] };
    expect(judgeCaseload(caseload(0), band)).toMatchObject(none);
  });
});

test('D02 32 hours at 2.64 to 3.22 an hour: 85 to 103 clients', () => {
  const some = { min: ratio(264, 100), max: ratio(322, 100) };
  expect(countsIn(some, 32 * HOUR)).toEqual({ min: 85, max: 103 });
});

test('D03 300 clients at 2 to 3 an hour ask for 100 to 150 hours', () => {
  const { least, most } = minutesFor(band, 300);
  expect([least, most].map((minutes) => decimals(minutes, 0))).toEqual(['6000', '9000']);
});

test('D07 a team is in the band of its members: each by the hours', () => {
  const youth = { min: ratio(4), max: ratio(6) };
  const together = bandTogether([
    { band, minutes: 10 * HOUR },
    { band: youth, minutes: 30 * HOUR },
  ]);
  expect(together && countsIn(together, 40 * HOUR)).toEqual({ min: 140, max: 210 });
  expect(bandTogether([{ band, minutes: 0 }])).toBeUndefined();
});
