import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { caseClosed, caseRegistered, clientMoved } from '@smc/decision/testing/intake-events';
import { demarcationOf, SMALL_ORGANISATION } from '@smc/decision/testing/small-organisation';
import { Simulation } from '../simulation.ts';
import { openSimulationCodec } from '../simulation-codec.ts';
import { plainScenario } from '../testing/scenarios.ts';
import { DecisionFile } from './decision-file.ts';
import { rowsOf, type DecisionRow } from './decision-row.ts';
import { Sample } from './sample.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smc-decisions-'));
afterAll(() => rmSync(folder, { recursive: true }));
const codec = await openSimulationCodec();

function rows(language?: 'nl'): readonly DecisionRow[] {
  const demarcation = demarcationOf(SMALL_ORGANISATION);
  const simulation = new Simulation(plainScenario('x', [demarcation]), codec);
  return [
    caseRegistered({ caseId: 'a', on: '2026-03-01', address: '3505 AA' }),
    caseRegistered({ caseId: 'b', on: '2026-04-02', address: 'secret', clientKey: 'q'.repeat(26) }),
    clientMoved({ on: '2026-04-03', address: '1300 AA' }),
    caseRegistered({ caseId: 'c', on: '2026-04-04', address: '1300 AA' }),
    caseClosed({ caseId: 'a', on: '2026-05-01' }),
    caseClosed({ caseId: 'z', on: '2026-05-01' }),
  ].flatMap((event) => rowsOf(simulation.take(event), { demarcation: 'x', language }));
}

describe('rows', () => {
  test('each decision is one, and a release is none', () => {
    expect(
      rows().map(({ outcome, cases, team, parkedCode, cause }) => [
        outcome,
        cases.join(' '),
        team,
        parkedCode,
        cause,
      ]),
    ).toEqual([
      ['assigned', 'a', 'dom-old', undefined, undefined],
      ['parked', 'b', undefined, 'ADDRESS_SECRET', undefined],
      ['handed-over', 'a', 'plas-1', undefined, 'team-ended'],
      ['assigned', 'c', 'plas-1', undefined, undefined],
      ['refused', 'z', undefined, undefined, 'CASE_UNKNOWN'],
    ]);
  });

  test('an explanation is codes, and words where they are asked for', () => {
    expect(rows()[0]).toMatchObject({ words: [] });
    const [row] = rows('nl');
    expect(row?.explanation).toContain('TEAM_BY_POSTCODE');
    expect(row?.words.join(' ')).toContain('dom-old');
  });
});

describe('a file of decisions', () => {
  async function written(name: string, of = rows()): Promise<Buffer> {
    const file = await DecisionFile.open(path.join(folder, name));
    for (const row of of) await file.write([row]);
    await file.close();
    return readFileSync(path.join(folder, name));
  }

  test('.csv is a table with a head, in which sentences are quoted', async () => {
    const row = { ...rows()[0], words: ['One, two.', 'A "third".'] };
    const text = (await written('a.csv', [row as DecisionRow])).toString('utf8');
    const [head, line] = text.split('\n');
    expect(head).toMatch(/^demarcation,clientKey,cases,outcome,/);
    expect(line).toMatch(/^x,[a-z]{26},a,assigned,2026-03-01,dom-old,dom,d-dom,amr-dom,WIA,/);
    expect(line).toMatch(/,"One, two\. A ""third""\."$/);
  });

  test('any other name is one JSON object a line, .gz is packed', async () => {
    const text = (await written('a.ndjson')).toString('utf8');
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(5);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ outcome: 'assigned', cases: ['a'] });
    expect(gunzipSync(await written('a.ndjson.gz')).toString('utf8')).toBe(text);
  });

  test('more than the disk takes at once waits, and all of it is there', async () => {
    const many = Array.from({ length: 5_000 }, () => rows()[0]).filter((row) => row !== undefined);
    const text = (await written('many.csv', many)).toString('utf8');
    expect(text.trim().split('\n')).toHaveLength(5_001);
  });

  test('a file that can not be made says so at once', async () => {
    await expect(DecisionFile.open(path.join(folder, 'no', 'a.csv'))).rejects.toThrow('ENOENT');
  });
});

describe('a sample', () => {
  const draw = (seed: number, order: readonly number[], size = 20) => {
    const sample = new Sample({ size, seed });
    const [row] = rows();
    for (const n of order) {
      const drawn = { ...row, cases: [`case-${n}`] } as DecisionRow;
      sample.offer(drawn, () => drawn);
    }
    return sample.rows.map(({ cases }) => cases[0]);
  };
  const byText = (a = '', b = '') => (a < b ? -1 : 1);
  const cases = Array.from({ length: 2_000 }, (_, n) => n);

  test('the same seed draws the same cases, in whatever order they come', () => {
    expect(draw(7, cases)).toEqual(draw(7, cases.toReversed()));
    expect(draw(7, cases)).toHaveLength(20);
    expect(draw(8, cases)).not.toEqual(draw(7, cases));
  });

  test('fewer cases than were asked for are all drawn, none when none are asked for', () => {
    expect(draw(7, [1, 2, 3]).toSorted(byText)).toEqual(['case-1', 'case-2', 'case-3']);
    expect(draw(7, cases, 0)).toEqual([]);
  });

  test('each case is drawn about as often as any other', () => {
    const drawn = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) {
      for (const id of draw(seed, cases.slice(0, 40), 10)) {
        drawn.set(id ?? '', (drawn.get(id ?? '') ?? 0) + 1);
      }
    }
    // 400 draws of 10 out of 40: 100 each, with a standard deviation of 8.7.
    expect(drawn.size).toBe(40);
    for (const [id, times] of drawn) expect(Math.abs(times - 100), id).toBeLessThan(45);
  });
});
