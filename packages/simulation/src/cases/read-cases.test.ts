import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createClientKeyDeriver, readCodeLists, type Rejection } from '@smc/intake';
import type { IntakeEvent } from '@smc/domain';
import { createCaseParser } from './case-parser.ts';
import { CaseFileFault, caseFile, readCases, type CaseSource } from './read-cases.ts';

const NOW_MS = Date.parse('2026-11-24T09:30:00Z');
/** Of the range that the test set of the BRP uses: nobody's number. */
const BSN = '999990342';
const KEYS = createClientKeyDeriver(Buffer.alloc(32, 7), 1);
const PARSER = createCaseParser({
  codeLists: await readCodeLists(),
  clientKeys: KEYS,
  nowMs: NOW_MS,
});

const CASE = {
  caseId: 'c-1',
  bsn: BSN,
  addressKind: 'dutch',
  postcode: '3511AB',
  law: 'WIA',
  product: 'wia-aanvraag',
  employment: 'ww',
  participatiewet: false,
};
const KEY = 'k'.repeat(26);
const TOLD = { ...CASE, bsn: undefined, clientKey: KEY, bsnSuffix: '07' };

type Options = Partial<CaseSource> & { readonly strict?: boolean };

async function read(content: string | Buffer, options: Options = {}) {
  const events: IntakeEvent[] = [];
  const rejections: Rejection[] = [];
  let rejectedLines = 0;
  const bytes = Buffer.from(content);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
  })();
  const source = { chunks, form: options.form };
  for await (const lot of readCases(source, { parser: PARSER, strict: options.strict === true })) {
    events.push(...lot.events);
    rejections.push(...lot.rejections);
    rejectedLines += lot.rejectedLines;
  }
  return { events, rejections, rejectedLines };
}

const lines = (...values: readonly unknown[]) =>
  values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('');

describe('lines of JSON', () => {
  test('a BSN becomes a client key and two digits, and is nowhere afterwards', async () => {
    const { events } = await read(lines(CASE));
    expect(events).toMatchObject([{ type: 'CaseRegistered', caseId: 'c-1', bsnSuffix: '42' }]);
    expect(events[0]?.clientKey).toMatch(/^[a-z2-7]{26}$/);
    expect(JSON.stringify(events)).not.toContain(BSN);
  });

  test('a client key is taken as it is', async () => {
    const { events, rejections } = await read(lines(TOLD));
    expect(rejections).toEqual([]);
    expect(events).toMatchObject([{ caseId: 'c-1', clientKey: KEY, bsnSuffix: '07' }]);
  });

  test('a client key and a BSN give the same event but for who the client is', async () => {
    const of = { receivedAt: '2026-05-04T09:00:00+02:00', bsn: BSN };
    const bodies = [
      { ...CASE, ...of, eventId: 'e-1', groups: ['klm'], category: 'zorg' },
      { ...of, type: 'CaseClosed', eventId: 'e-2', caseId: 'c-1', closedOn: '2026-05-03' },
      { ...of, type: 'CaseReclassified', eventId: 'e-3', caseId: 'c-1', activity: 'idle' },
      { ...of, type: 'ClientMoved', eventId: 'e-4', addressKind: 'foreign', movedOn: '2026-05-01' },
      {
        ...of,
        type: 'ClientStatusChanged',
        eventId: 'e-5',
        participatiewet: true,
        groups: [],
        changedOn: '2026-05-01',
      },
    ];
    const byBsn = await read(lines(...bodies));
    const [{ clientKey } = { clientKey: undefined }] = byBsn.events;
    const told = bodies.map((body) => ({ ...body, bsn: undefined, clientKey, bsnSuffix: '42' }));
    expect(byBsn.events).toHaveLength(5);
    expect(await read(lines(...told))).toEqual(byBsn);
  });

  test('the same line twice has the same id, another line another', async () => {
    const move = {
      type: 'ClientMoved',
      clientKey: KEY,
      addressKind: 'none',
      movedOn: '2026-05-01',
    };
    const { events } = await read(lines(move, move, { ...move, movedOn: '2026-05-02' }));
    const [first, again, other] = events.map(({ eventId }) => eventId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('a case of a day that is yet to come is what a simulation is for', async () => {
    const receivedAt = '2031-02-03T12:00:00Z';
    const { events } = await read(lines({ ...CASE, receivedAt }, { ...TOLD, receivedAt }));
    expect(events.map(({ receivedOn }) => receivedOn)).toEqual(['2031-02-03', '2031-02-03']);
  });

  test('a case that says no day is of the day that is given', async () => {
    const { events } = await read(lines(CASE, TOLD));
    expect(events.map(({ receivedOn }) => receivedOn)).toEqual(['2026-11-24', '2026-11-24']);
  });

  test('each wrong line says its number, the field and what was expected; the others count', async () => {
    const found = await read(
      lines(
        CASE,
        '{',
        { ...TOLD, law: 'AOW' },
        { ...TOLD, bsnSuffix: '7' },
        { ...TOLD, clientKey: '1' },
        { ...TOLD, postcode: undefined },
        TOLD,
      ),
    );
    expect(found.events).toHaveLength(2);
    expect(found.rejectedLines).toBe(5);
    expect(found.rejections.map(({ line, field }) => [line, field])).toEqual([
      [2, ''],
      [3, 'law'],
      [4, 'bsnSuffix'],
      [5, 'clientKey'],
      [6, 'postcode'],
    ]);
    expect(found.rejections[1]?.reason).toContain('a law of the code list: ZW, WIA, PW');
  });

  test('strict: nothing behind the first wrong line is read', async () => {
    const found = await read(lines(TOLD, 'no case', TOLD), { strict: true, form: 'ndjson' });
    expect(found.events).toHaveLength(1);
    expect(found.rejections.map(({ line }) => line)).toEqual([2]);
  });

  test('gzip is seen by its first bytes; a damaged one is a fault, not a silence', async () => {
    const packed = gzipSync(
      lines(...Array.from({ length: 50 }, (_, i) => ({ ...TOLD, caseId: `c-${i}` }))),
    );
    expect((await read(packed)).events).toHaveLength(50);
    const damaged = read(packed.subarray(0, packed.length - 12));
    await expect(damaged).rejects.toThrow(
      new CaseFileFault('FILE_DAMAGED', 'the compressed file is damaged'),
    );
  });

  test('a file that is not there is a fault', async () => {
    const lots = readCases(caseFile('/nowhere/cases.ndjson'), { parser: PARSER, strict: false });
    await expect(lots.next()).rejects.toThrow("the file can't be read (ENOENT)");
  });
});

describe('a table', () => {
  const HEAD =
    'type,clientKey,bsnSuffix,caseId,addressKind,postcode,law,product,employment,participatiewet,groups,changedOn';
  const ROW = `,${KEY},07,c-1,dutch,3511AB,WIA,wia-aanvraag,ww,false,klm police,`;

  test('a row is the case that its cells say', async () => {
    const { events, rejections } = await read(lines(HEAD, ROW));
    expect(rejections).toEqual([]);
    expect(events).toMatchObject([
      { type: 'CaseRegistered', caseId: 'c-1', participatiewet: false, groups: ['klm', 'police'] },
    ]);
    expect((await read(lines(TOLD))).events).toMatchObject([
      { law: 'WIA', product: 'wia-aanvraag' },
    ]);
  });

  test.each([[';'], ['\t']])('the separator %j is seen in the header', async (separator) => {
    const text = lines(HEAD, ROW).replaceAll(',', separator);
    expect((await read(text)).events).toHaveLength(1);
  });

  test('cells may be quoted, lines may end as Windows ends them', async () => {
    const quoted = ROW.replace('3511AB', '"3511 AB"').replace('klm police', '"klm"');
    const { events } = await read(`${HEAD}\r\n${quoted}\r\n`);
    expect(events).toMatchObject([{ postcode: '3511AB', groups: ['klm'] }]);
  });

  test('an empty cell of groups says that there are none', async () => {
    const row = `ClientStatusChanged,${KEY},,,,,,,,true,,2026-05-01`;
    expect((await read(lines(HEAD, row))).events).toMatchObject([
      { groups: [], participatiewet: true },
    ]);
  });

  test.each([
    ['another number of cells', `${ROW},x`, '12 cells, as in the header expected'],
    [
      'a quote that is not closed',
      ROW.replace('WIA', '"WIA'),
      'a quote that is closed in the same line expected',
    ],
    ['a kind that is none', `Frob${ROW}`, 'CaseRegistered, CaseClosed'],
    ['a flag that is none', ROW.replace('false', 'ja'), 'true or false expected'],
  ])('%s is told with its line', async (_, row, reason) => {
    const { rejections } = await read(lines(HEAD, ROW, row));
    expect(rejections[0]?.line).toBe(3);
    expect(rejections[0]?.reason).toContain(reason);
  });

  test.each([
    ['a name that is no field', 'clientKey,naam', 'column 2 of the header'],
    ['a name twice', 'clientKey,law,law', 'column 3 of the header'],
    ['data in the place of a header', `${BSN},c-1`, 'column 1 of the header'],
  ])('a header with %s says which column, and repeats no cell', async (_, head, expected) => {
    const failing = read(lines(head, ROW), { form: 'csv' });
    await expect(failing).rejects.toThrow(expected);
    await expect(failing).rejects.not.toThrow(BSN);
  });
});

test.each([
  ['cases.csv', 'csv'],
  ['cases.csv.gz', 'csv'],
  ['cases.ndjson.gz', 'ndjson'],
  ['cases.jsonl', 'ndjson'],
  ['cases.txt', undefined],
])('%s is read as %s', (name, form) => {
  expect(caseFile(`/nowhere/${name}`).form).toBe(form);
});
