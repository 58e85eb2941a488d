import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXAMPLE_FOLDER } from '@smc/example';
import { smc } from '../testing/smc.ts';

const rollOut = (...args: readonly string[]) =>
  smc('demarcation', 'roll-out', EXAMPLE_FOLDER['2026-07'], ...args);

describe('demarcation roll-out', () => {
  test('says how many offices divide by postcode, and what each has before it', async () => {
    const { code, out } = await rollOut('--at', '2026-08-01');

    expect(code).toBe(0);
    expect(out).toMatch(/^offices on postcode {2}11 of 27 \(bsn 11, workload 5, manual 0\)$/m);
    expect(out).toMatch(/ leiden +bsn +postcode on 2026-09-01 /);
  });

  test('gives the same as data, by district', async () => {
    const { out } = await rollOut('--at', '2026-09-01', '--json');

    const data = JSON.parse(out);
    expect(data).toMatchObject({ on: '2026-09-01', offices: 27, onPostcode: 12 });
    expect(data.districts).toHaveLength(11);
  });

  test('answers no before the version holds', async () => {
    const { code, err } = await rollOut('--at', '2026-06-30');

    expect([code, err]).toEqual([1, 'Version 2026-07 holds from 2026-07-01 on.\n']);
  });

  test.each([
    ['no date', [EXAMPLE_FOLDER['2026-07'], '--at', 'tomorrow'], 'a date such as'],
    ['no folder', ['nowhere', '--at', '2026-08-01'], 'There is no folder nowhere.'],
    ['no demarcation', [path.join(import.meta.dirname, '..'), '--at', '2026-08-01'], 'problems.'],
  ])('%s ends with 2 and says what was expected', async (_, args, expected) => {
    const { code, err } = await smc('demarcation', 'roll-out', ...args);

    expect([code, err]).toEqual([2, expect.stringContaining(expected)]);
  });
});
