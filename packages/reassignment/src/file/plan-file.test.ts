import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalLine } from '../plan/canonical-line.ts';
import type { PlanLine } from '../plan/plan.ts';
import { planMoves } from '../plan/plan-moves.ts';
import { FULL_ORGANISATION } from '../../../decision/src/testing/full-organisation.ts';
import { times } from '../testing/clients.ts';
import { headerOf, questionOf } from '../testing/plan-of.ts';
import { readPlan } from './plan-reader.ts';
import { writePlan } from './plan-writer.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'smc-plan-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => path.join(folder, name);

function* lines(): Generator<PlanLine> {
  const question = questionOf({
    clients: times(2_000, { team: 'dom-1', postcode: '3560AA' }),
    demarcation: FULL_ORGANISATION,
  });
  yield headerOf(question);
  yield* planMoves(question);
}

async function read(file: string) {
  const found: PlanLine[] = [];
  const plan = readPlan(file);
  for (let line = await plan.next(); ; line = await plan.next()) {
    if (line.done === true) return { found, name: line.value };
    found.push(line.value);
  }
}

describe('a plan on disk', () => {
  test('comes back as it was written, under the name that its seal gives', async () => {
    const name = await writePlan(at('plan.gz'), lines());
    const back = await read(at('plan.gz'));
    expect(back.name).toBe(name);
    expect(back.found.map(canonicalLine)).toEqual([...lines()].map(canonicalLine));
    expect(await readdir(folder)).toEqual(['plan.gz']);
  });

  test('has the same bytes whenever it is made of the same', async () => {
    const first = await writePlan(at('first.gz'), lines());
    const second = await writePlan(at('second.gz'), lines());
    expect(second).toBe(first);
    expect(await readFile(at('first.gz'))).toEqual(await readFile(at('second.gz')));
  });

  test.each([
    ['a changed team', (text: string) => text.replace('"dom-2"', '"dom-1"'), 'has been changed'],
    ['a line less', (text: string) => text.replace(/\{"cases.*\n/, ''), 'has been changed'],
    ['a lost end', (text: string) => text.slice(0, text.lastIndexOf('{')), 'the seal is missing'],
    ['more after the seal', (text: string) => `${text}{"kind":"summary"}\n`, 'nothing follows'],
    ['no new line at the end', (text: string) => text.slice(0, -1), 'not whole'],
    ['another kind of file', () => '{"a":1}\n', ':1 is no valid plan: expected a part of a plan'],
    ['no JSON', () => 'hello\n', 'expected one JSON value'],
    ['two headers', (text: string) => text.replace(/^(.*\n)/, '$1$1'), 'its one header'],
  ])('%s is found', async (_, change, why) => {
    await writePlan(at('good.gz'), lines());
    const text = gunzipSync(await readFile(at('good.gz'))).toString('utf8');
    await writeFile(at('bad.gz'), gzipSync(change(text)));
    await expect(read(at('bad.gz'))).rejects.toThrow(why);
  });

  test('a file that is not packed, cut short, or not there is told apart', async () => {
    await writeFile(at('plain.gz'), 'hello');
    await expect(read(at('plain.gz'))).rejects.toThrow('not packed with gzip');
    await writePlan(at('good.gz'), lines());
    await writeFile(at('cut.gz'), (await readFile(at('good.gz'))).subarray(0, -20));
    await expect(read(at('cut.gz'))).rejects.toThrow('not whole');
    await expect(read(at('none.gz'))).rejects.toThrow('ENOENT');
  });

  test('nothing stays when writing is broken off', async () => {
    const stopped = AbortSignal.abort();
    await expect(writePlan(at('stopped.gz'), lines(), stopped)).rejects.toThrow();
    expect((await readdir(folder)).filter((name) => name.startsWith('stopped'))).toEqual([]);
  });
});
