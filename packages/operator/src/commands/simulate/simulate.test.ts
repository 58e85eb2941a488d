import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { smc } from '../../testing/smc.ts';

const EXAMPLES = path.join(import.meta.dirname, '../../../../simulation/examples');
const EXAMPLE = path.join(import.meta.dirname, '../../../../example/demarcation');
const KLEIN = path.join(EXAMPLES, 'klein');
const CASES = path.join(EXAMPLES, 'cases.csv');
const folder = mkdtempSync(path.join(tmpdir(), 'smc-simulate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => path.join(folder, name);

const simulate = (...args: readonly string[]) =>
  smc('simulate', '--demarcation', KLEIN, '--cases', CASES, ...args);

/** The hash follows the form of the document, which is not what is shown here. */
const withoutHash = (text: string) => text.replaceAll(/content [0-9a-f]{12}/g, 'content HASH');

test('the small example comes to what its README counts by hand', async () => {
  const { code, out } = await simulate();
  expect(code).toBe(0);
  expect(withoutHash(out)).toBe(readFileSync(path.join(EXAMPLES, 'summary.txt'), 'utf8'));
});

test('every decision goes to a file, and the explanation in words where it is asked for', async () => {
  const { code } = await simulate('--out', at('out.csv'), '--explain', 'nl');
  expect(code).toBe(0);
  const lines = readFileSync(at('out.csv'), 'utf8').trim().split('\n');
  // 13 assigned, 3 parked at first, 1 handed over, 1 refused.
  expect(lines).toHaveLength(1 + 13 + 3 + 1 + 1);
  expect(lines.filter((line) => line.includes(',handed-over,'))).toHaveLength(1);
  expect(lines.find((line) => line.includes(',h-1,'))).toContain('werklast');
});

test('as JSON the summary, the figures and the sample are one value', async () => {
  const { code, out } = await simulate('--summary', 'json', '--sample', '3');
  expect(code).toBe(0);
  const answer = JSON.parse(out);
  expect(answer.summaries[0].cases).toEqual({
    registered: 16,
    assigned: 13,
    parked: 2,
    refused: 0,
    repeats: 1,
    awaiting: 0,
  });
  expect(answer.samples[0]).toHaveLength(3);
  expect(answer.note).toContain('A11');
  expect(answer.input).toMatchObject({ events: 21, rejectedLines: 0 });
});

test('a sample is the same for the same seed', async () => {
  const sampleOf = async (seed: string) => {
    const { out } = await simulate('--json', '--sample', '4', '--seed', seed);
    return JSON.parse(out).samples;
  };
  expect(await sampleOf('7')).toEqual(await sampleOf('7'));
  expect(await sampleOf('8')).not.toEqual(await sampleOf('7'));
});

test('versions stand side by side, with no claim on how well or how timely', async () => {
  const { code, out } = await simulate('--against', path.join(EXAMPLES, 'klein-bsn'));
  expect(code).toBe(0);
  const lines = out.split('\n').map((line) => line.trim().split(/ {2,}/).join(' | '));
  expect(lines).toContain('figure | klein | klein-bsn | klein-bsn less klein');
  expect(lines).toContain('offices on bsn | 1 | 2 | +1');
  expect(lines).toContain('klein-bsn | 2 | 0');
  expect(out.trimEnd()).toMatch(/\(A11\)\.$/);
});

test('a file of a newcomer: invented cases, by the example organisation', async () => {
  const made = await smc('example', 'cases', at('cases.ndjson.gz'), '--cases', '400', '--json');
  expect(made.code).toBe(0);
  const version = path.join(EXAMPLE, '2026-01');
  const file = at('cases.ndjson.gz');
  const { code, out } = await smc('simulate', '--demarcation', version, '--cases', file, '--json');
  expect(code).toBe(0);
  const { input, summaries } = JSON.parse(out);
  expect(input.events).toBe(JSON.parse(made.out).lines);
  expect(input.rejectedLines).toBe(0);
  expect(summaries[0].cases).toMatchObject({ registered: 400, refused: 0, awaiting: 0 });
});

test('several versions decide as activated one after the other; --always before all of them', async () => {
  const [cases, early] = [at('two.csv'), '2025-12-31T09:00:00+01:00'];
  const [head, row = ''] = readFileSync(CASES, 'utf8').split('\n');
  writeFileSync(
    cases,
    [head, row, row.replace(/,2026[^,]*/, `,${early}`).replace('klanta', 'klantz')].join('\n'),
  );
  const args = [
    'simulate',
    '--demarcation',
    KLEIN,
    path.join(EXAMPLES, 'klein-bsn'),
    '--cases',
    cases,
  ];
  const live = await smc(...args);
  expect(live.out).toContain('scenario   klein+klein-bsn');
  expect(live.out).toContain('Cases of days before klein+klein-bsn holds: 1; --always');
  const always = await smc(...args, '--always', '--json');
  expect(JSON.parse(always.out).summaries[0].cases.assigned).toBe(2);
});

test.each([
  ['a folder that is no demarcation', ['--demarcation', folder, '--cases', CASES], 'problems.'],
  [
    'a file that is not there',
    ['--demarcation', KLEIN, '--cases', at('no.csv')],
    'There is no file',
  ],
  [
    'an output that can not be made',
    ['--demarcation', KLEIN, '--cases', CASES, '--out', at('no/x.csv')],
    "can't be written (ENOENT)",
  ],
  [
    'too many folders',
    ['--demarcation', KLEIN, '--cases', CASES, '--against', KLEIN, KLEIN, KLEIN],
    '--against takes at most 2 folders',
  ],
  [
    'a language that is none',
    ['--demarcation', KLEIN, '--cases', CASES, '--explain', 'fr'],
    '--explain takes nl or en; got fr',
  ],
  [
    'a day that is none',
    ['--demarcation', KLEIN, '--cases', CASES, '--on', '2026-02-30'],
    '--on takes a day such as',
  ],
  [
    'a sample of none',
    ['--demarcation', KLEIN, '--cases', CASES, '--sample', 'x'],
    '--sample takes a whole number',
  ],
])('%s ends with 2 and says what was expected', async (_, args, expected) => {
  const { code, err } = await smc('simulate', ...args);
  expect(code).toBe(2);
  expect(err).toContain(expected);
  expect(err).not.toContain('    at ');
});

test('wrong lines are told with line and field; the others count, unless it is strict', async () => {
  const file = at('wrong.csv');
  writeFileSync(file, readFileSync(CASES, 'utf8').replace('5011AA', '50').replace(',ZW,', ',AOW,'));
  const args = ['simulate', '--demarcation', KLEIN, '--cases', file];
  const lenient = await smc(...args);
  expect(lenient.code).toBe(0);
  expect(lenient.err).toContain(`${file}:5 postcode: a Dutch postcode`);
  expect(lenient.err).toContain(`${file}:6 law: a law of the code list`);
  expect(lenient.err).toContain('2 lines were rejected.');
  const strict = await smc(...args, '--strict');
  expect(strict.code).toBe(2);
  expect(strict.err).toContain('Stopped after 3 events');
});

test('a file of which nothing can be read ends with 2', async () => {
  writeFileSync(at('none.csv'), 'no,header\n');
  const { code, err, out } = await smc(
    'simulate',
    '--demarcation',
    KLEIN,
    '--cases',
    at('none.csv'),
  );
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('column 1 of the header');
});
