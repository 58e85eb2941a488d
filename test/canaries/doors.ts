/** Every door by which a BSN can come in, used well and badly. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { TOPICS } from '@smc/domain';
import { encodeHeaders, NO_HEADERS, type OutgoingRecord, type TxnLog } from '@smc/log';
import type { ByProduct } from './by-products.ts';
import type { Canaries } from './canary-forms.ts';

export type Answer = ByProduct & { readonly status: number };

type Case = Readonly<Record<string, unknown>>;

/** A case that intake accepts. */
export function goodCase(bsn: string, caseId: string): Case {
  return {
    eventId: `e-${caseId}`,
    caseId,
    bsn,
    addressKind: 'dutch',
    postcode: '3511AB',
    law: 'WIA',
    product: 'wia-aanvraag',
    employment: 'ww',
    participatiewet: false,
  };
}

type Request = {
  readonly path: string;
  readonly body?: string | Buffer;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What a client of intake may rightly send: each is accepted. */
export function goodRequests(canaries: Canaries): readonly Request[] {
  const bsn = canaries.at('a good case');
  const keyed = canaries.at('a good case, and its Idempotency-Key');
  const { eventId: _, ...withoutId } = goodCase(keyed, 'keyed');
  const { postcode: __, ...withoutHome } = goodCase(canaries.at('a case without a home'), 'none');
  const on = '2026-03-01';
  return [
    json('/v1/cases', goodCase(bsn, 'good')),
    json('/v1/clients/moves', { eventId: 'm', bsn, addressKind: 'foreign', movedOn: on }),
    json('/v1/clients/status', status(bsn, on)),
    json('/v1/cases/good/classification', { eventId: 'j', bsn, activity: 'idle' }),
    json('/v1/cases/good/closure', { eventId: 'c', bsn, closedOn: on }),
    json('/v1/cases', { ...withoutHome, addressKind: 'none' }),
    json('/v1/cases', withoutId, { 'idempotency-key': keyed }),
    json('/v1/cases', goodCase(canaries.at('an agent'), 'agent'), {
      'user-agent': canaries.at('the user agent of a good case'),
      'x-anything': canaries.at('an unknown header'),
    }),
  ];
}

const status = (bsn: string, on: string): Case => {
  return { eventId: 's', bsn, participatiewet: false, groups: [], changedOn: on };
};

/** What intake must refuse without repeating it anywhere. */
export function badRequests(canaries: Canaries): readonly Request[] {
  const at = (where: string) => canaries.at(where);
  const withField = (field: string, value: (bsn: string) => unknown) => {
    const bsn = at(`the field ${field} beside its own`);
    return json('/v1/cases', { ...goodCase(bsn, `bad-${field}`), [field]: value(bsn) });
  };
  const number = at('a BSN written as a number');
  const long = at('a body that is too long');
  const form = at('a form instead of JSON');
  return [
    ...['caseId', 'eventId', 'dossierRef', 'employerKey'].map((f) => withField(f, (bsn) => bsn)),
    withField('caseId', (bsn) => `zaak-${bsn.slice(0, 4)}.${bsn.slice(4)}-1`),
    ...['postcode', 'law', 'product', 'addressKind', 'receivedAt'].map((field) =>
      withField(field, (bsn) => bsn),
    ),
    withField('groups', (bsn) => [bsn]),
    withField('formerGroups', (bsn) => [bsn]),
    withField('category', (bsn) => bsn),
    withField('unknownField', (bsn) => ({ inside: [bsn] })),
    withField(at('the name of a field'), () => 1),
    json('/v1/cases', { ...goodCase('', 'number'), bsn: Number(number) }),
    json('/v1/cases', { ...goodCase(at('a BSN with dots'), 'dots'), bsn: dotted(at('dots')) }),
    json('/v1/cases', [at('a list')]),
    json('/v1/cases', at('a text')),
    { path: '/v1/cases', body: `{"bsn":"${at('broken JSON')}", "caseId":` },
    { path: '/v1/cases', body: Buffer.from(`{"bsn":"${at('no UTF-8')}\xff"}`, 'latin1') },
    { path: '/v1/cases', body: JSON.stringify({ bsn: long, filler: long.repeat(4_000) }) },
    { path: '/v1/cases', body: `bsn=${form}`, headers: { 'content-type': FORM } },
    json(`/v1/cases/${at('the path of a closure')}/closure`, { closedOn: '2026-03-01' }),
    json(`/v1/cases/${at('the path of a judgement')}/classification`, { activity: 'idle' }),
    json(`/v1/cases/x/closure`, { caseId: at('another case than in the path') }),
    json(`/v1/clients/${at('a path that does not exist')}`, {}),
    json(`/v1/cases?bsn=${at('a query')}`, {}),
    { path: `/v1/cases/${at('a path with bad escapes')}%zz/closure`, body: '{}' },
    { path: `/v1/cases/${at('a method that is not taken')}/closure`, method: 'GET' },
    json('/v1/cases', {}, { 'idempotency-key': `two keys ${at('a bad Idempotency-Key')}` }),
    json('/v1/cases', {}, { 'content-type': `text/${at('a content type')}` }),
  ];
}

const FORM = 'application/x-www-form-urlencoded';
const dotted = (bsn: string) => `${bsn.slice(0, 3)}.${bsn.slice(3, 6)}.${bsn.slice(6)}`;

function json(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Request {
  return { path: url, body: JSON.stringify(body), headers };
}

/** Sends a request and gives all that comes back: status, headers, body. */
export async function send(http: string, request: Request): Promise<Answer> {
  const { method = 'POST', body, headers } = request;
  const response = await fetch(http + request.path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
  const text = await response.text();
  const bytes = Buffer.from(`${JSON.stringify([...response.headers])}\n${text}`);
  return { status: response.status, bytes, place: `the answer to ${method} ${request.path}` };
}

/** Bytes on the door that are no HTTP at all. */
export async function sendNoHttp(http: string, bsn: string): Promise<ByProduct> {
  const { hostname, port } = new URL(http);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.end(`${bsn} /v1/cases ${bsn}\r\n${bsn}\r\n\r\n`);
  await once(socket, 'close');
  return { place: 'the answer to what is no HTTP', bytes: Buffer.concat(chunks) };
}

/** A file of good and bad lines through the import command: what it prints and its rejects file. */
export async function importLines(
  canaries: Canaries,
  world: { readonly folder: string; readonly environment: Readonly<Record<string, string>> },
): Promise<{ readonly exitCode: number; readonly left: readonly ByProduct[] }> {
  const bsn = (where: string) => canaries.at(`a line of a file: ${where}`);
  const own = bsn('its own BSN as the case');
  const lines = [
    JSON.stringify({ type: 'CaseRegistered', ...goodCase(bsn('a good one'), 'file-1') }),
    JSON.stringify(goodCase(bsn('a good one without a type'), 'file-2')),
    JSON.stringify(goodCase(own, own)),
    JSON.stringify({ ...goodCase(bsn('an unknown field'), 'file-3'), [bsn('a name')]: 1 }),
    JSON.stringify({ type: bsn('a type'), ...goodCase(bsn('a type beside'), 'file-4') }),
    JSON.stringify({ ...goodCase('123456789', 'file-5'), postcode: bsn('a postcode') }),
    `{"bsn":"${bsn('broken JSON')}"`,
    bsn('nothing but a BSN'),
    `"${bsn('a long line')}${'9'.repeat(20_000)}"`,
  ];
  // The name of the file is chosen by a person, who may choose anything.
  const file = path.join(world.folder, 'canaries.ndjson');
  const rejects = path.join(world.folder, 'rejects.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const program = path.resolve(import.meta.dirname, '../../services/smc/src/main.ts');
  const args = [program, 'intake', 'import', file, '--rejects', rejects, '--json'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...world.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  }
  const [exitCode] = await once(child, 'close');
  writeFileSync(file, '');
  const left = [
    { place: 'what the import printed', bytes: Buffer.concat(chunks) },
    { place: 'the rejects file', bytes: readFileSync(rejects) },
  ];
  return { exitCode: Number(exitCode), left };
}

/** Records that a system writes to `smc.intake` itself, with a BSN where none may be. */
export async function publishRaw(canaries: Canaries, log: TxnLog): Promise<readonly string[]> {
  const bytes = (where: string) => Buffer.from(canaries.at(`a raw record: ${where}`));
  const garbage = Buffer.from([0, 0, 0, 0, 1, 0xff, 0x80]);
  const record = (partition: number, more: Partial<OutgoingRecord>): OutgoingRecord => {
    const empty = { key: undefined, value: garbage, headers: NO_HEADERS };
    return { topic: TOPICS.intake, partition, ...empty, ...more };
  };
  const two = Buffer.concat([bytes('the first of two'), bytes('the second of two')]);
  const publisher = await log.openPublisher();
  const written = await publisher.publish([
    record(0, { value: Buffer.concat([garbage, bytes('garbage'), garbage]) }),
    record(1, { value: Buffer.concat([Buffer.from('1234'), bytes('digits before it')]) }),
    record(1, { value: two }),
    record(2, { key: bytes('the key') }),
    record(2, { key: bytes('the key of a tombstone'), value: undefined }),
    record(3, { headers: encodeHeaders([['ce_id', bytes('the value of a header')]]) }),
    record(3, { headers: encodeHeaders([[canaries.at('a raw record: a header'), 'name']]) }),
  ]);
  await publisher.close();
  return written.map(({ topic, partition, offset }) => `${topic}-${partition}@${offset}`);
}
