import { connect } from 'node:net';
import { must, TOPICS } from '@smc/domain';
import { decodeHeaders } from '@smc/log';
import { createMetrics, silentLogger } from '@smc/runtime';
import { afterEach, expect, test } from 'vitest';
import { createHttpDoor } from './http-door.ts';
import { IntakeDesk } from './intake-desk.ts';
import { openIntakeWriter } from './intake-writer.ts';
import {
  BSN,
  CANARY_BSNS,
  CASE,
  CLOCK,
  CLOSURE,
  embeddedIntake,
  memoryBroker,
  memoryRegistry,
  MOVE,
  PARSER,
  STATUS,
  storedEvents,
} from './testing/fixtures.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function openIntake() {
  const intake = await embeddedIntake();
  ending.push(() => intake.stop());
  await intake.ready;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(intake.doors.http + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { ...intake, post };
}

async function send(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  const text = await response.text();
  const json = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, text, json };
}

test('202 comes with the ids, the client key and the position of an event that is on the log', async () => {
  const { broker, post } = await openIntake();
  const answer = await post('/v1/cases', CASE);

  const [stored] = await storedEvents(broker);
  expect(answer.status).toBe(202);
  expect(answer.json).toEqual({
    eventId: 'e-1',
    caseId: 'c-1',
    clientKey: stored?.event.clientKey,
    position: `${stored?.record.partition}:${stored?.record.offset}`,
  });
  expect(stored?.record.key?.toString()).toBe(stored?.event.clientKey);
  expect(answer.headers.get('api-version')).toBe('1.0.0');
});

test('cases, closures, moves and changes of status of a client lie in one partition, in order', async () => {
  const { broker, post } = await openIntake();
  const answers = [
    await post('/v1/cases', CASE),
    await post('/v1/cases/c-1/closure', CLOSURE),
    await post('/v1/clients/moves', MOVE),
    await post('/v1/clients/status', STATUS),
  ];

  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  const stored = await storedEvents(broker);
  expect(stored.map(({ event }) => event.type)).toEqual([
    'CaseRegistered',
    'CaseClosed',
    'ClientMoved',
    'ClientStatusChanged',
  ]);
  expect(new Set(stored.map(({ record }) => record.partition)).size).toBe(1);
});

test('a record carries CloudEvents attributes and the trace of the request', async () => {
  const { broker, post } = await openIntake();
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  await post('/v1/cases', CASE, { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
  await post('/v1/cases', { ...CASE, eventId: 'e-9' }, { traceparent: 'nonsense' });

  const [first, second] = await storedEvents(broker);
  const headers = first === undefined ? 'HEADERS_DAMAGED' : decodeHeaders(first.record.headers);
  if (typeof headers === 'string') throw new Error(headers);
  const text = (name: string) => headers.get(name)?.toString();
  expect(text('ce_id')).toBe('e-1');
  expect(text('ce_specversion')).toBe('1.0');
  expect(text('ce_time')).toBe('2026-11-24T09:30:00.000Z');
  expect(text('content-type')).toBe('application/avro');
  expect(text('traceparent')).toMatch(
    new RegExp(`^00-${trace}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`),
  );
  expect(text('ce_traceparent')).toBe(text('traceparent'));
  expect(second?.record.headers.toString('latin1')).toMatch(/00-[0-9a-f]{32}-[0-9a-f]{16}-01/);
});

test('a repeat by event id or by Idempotency-Key has the same event id', async () => {
  const { broker, post } = await openIntake();
  const { eventId: _, ...anonymous } = CASE;
  const key = { 'idempotency-key': '8e03978e-40d5-43dd-bc93-6894a57f9324' };
  const ids = [
    await post('/v1/cases', CASE),
    await post('/v1/cases', CASE),
    await post('/v1/cases', anonymous, key),
    await post('/v1/cases', anonymous, { 'idempotency-key': `"${key['idempotency-key']}"` }),
  ].map(({ json }) => json.eventId);

  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).toBe(ids[3]);
  expect(ids[2]).not.toBe(ids[0]);
  expect(new Set((await storedEvents(broker)).map(({ event }) => event.eventId)).size).toBe(2);
});

const JSON_TYPE = { 'content-type': 'application/json' };
type Bad = {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly status: number;
  readonly code: string;
  readonly field?: string;
};
const bad: readonly [title: string, request: Bad][] = [
  ['no JSON', { body: `{"bsn":"${BSN}"`, status: 400, code: 'BODY_NOT_JSON' }],
  ['an empty body', { body: '', status: 400, code: 'BODY_NOT_JSON' }],
  [
    'bytes that are no UTF-8',
    { body: Buffer.from([0x22, 0xff, 0x22]), status: 400, code: 'BODY_NOT_JSON' },
  ],
  ['an array', { body: '[]', status: 400, code: 'FIELDS_INVALID', field: '' }],
  ['nesting', { body: '['.repeat(9000), status: 400, code: 'BODY_NOT_JSON' }],
  [
    'a wrong BSN',
    {
      body: JSON.stringify({ ...CASE, bsn: '123' }),
      status: 400,
      code: 'FIELDS_INVALID',
      field: 'bsn',
    },
  ],
  [
    'no event id and no key',
    {
      body: JSON.stringify({ ...CASE, eventId: undefined }),
      status: 400,
      code: 'FIELDS_INVALID',
      field: 'eventId',
    },
  ],
  [
    'a key that is too long',
    {
      headers: { ...JSON_TYPE, 'idempotency-key': 'k'.repeat(129) },
      body: JSON.stringify(CASE),
      status: 400,
      code: 'FIELDS_INVALID',
      field: 'Idempotency-Key',
    },
  ],
  [
    'a case id in the path that is the BSN',
    {
      path: `/v1/cases/${BSN}/closure`,
      body: JSON.stringify(CLOSURE),
      status: 400,
      code: 'FIELDS_INVALID',
      field: 'caseId',
    },
  ],
  [
    'another case in the body than in the path',
    {
      path: `/v1/cases/c-1/closure`,
      body: JSON.stringify({ ...CLOSURE, caseId: 'c-2' }),
      status: 400,
      code: 'FIELDS_INVALID',
      field: 'caseId',
    },
  ],
  [
    'another content type',
    { headers: { 'content-type': 'text/plain' }, body: 'x', status: 415, code: 'NOT_JSON_TYPE' },
  ],
  ['no content type', { headers: {}, body: Buffer.from('{}'), status: 415, code: 'NOT_JSON_TYPE' }],
  ['a huge body', { body: ' '.repeat(20_000), status: 413, code: 'BODY_TOO_LARGE' }],
  ['an unknown path', { path: `/v1/${BSN}`, status: 404, code: 'NOT_FOUND' }],
  ['a trailing slash', { path: '/v1/cases/', status: 404, code: 'NOT_FOUND' }],
  ['a path without a version', { path: '/cases', status: 404, code: 'NOT_FOUND' }],
  ['a damaged path', { path: '/v1/cases/%zz/closure', status: 404, code: 'NOT_FOUND' }],
  ['another method', { method: 'PUT', body: '{}', status: 405, code: 'METHOD_NOT_ALLOWED' }],
];

test.each(bad)('%s is answered with its status, code and field', async (_title, request) => {
  const { doors, metrics, broker } = await openIntake();
  const { path = '/v1/cases', method = 'POST', headers = JSON_TYPE, body = '{}' } = request;
  const answer = await send(doors.http + path, { method, headers, body });

  expect(answer.status).toBe(request.status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.headers.get('api-version')).toBe('1.0.0');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.json).toMatchObject({ status: request.status, code: request.code });
  expect(answer.json.title).toBeTypeOf('string');
  const [first] = answer.json.errors ?? [];
  expect(first?.location.name).toBe(request.field);
  if (request.status === 405) expect(answer.headers.get('allow')).toBe('POST');
  expect(answer.text).not.toContain(BSN);
  expect(await metrics.text()).not.toContain(BSN);
  expect(await storedEvents(broker)).toEqual([]);
});

/** What the door says to bytes that come over a socket of our own. */
async function talk(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

test('what is no HTTP is answered with fixed words and let go', async () => {
  const { doors } = await openIntake();
  const text = await talk(Number(new URL(doors.http).port), `GET ${BSN}\r\n\r\n`);

  expect(text).toMatch(/^HTTP\/1\.1 400 .*api-version: 1\.0\.0.*"code":"NOT_HTTP"/s);
  expect(text).not.toContain(BSN);
});

test('a request that does not arrive in time is answered with 408 and let go', async () => {
  const { app } = await stuckDoor({ answerMsMax: 1_000, requestMsMax: 100 });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const [address] = app.addresses();
  const port = must(typeof address === 'object' ? address.port : undefined, 'it listens');
  const head = 'POST /v1/cases HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  const text = await talk(port, `${head}content-length: 100\r\n\r\n{"bsn":"${BSN}"`);

  expect(text).toMatch(/^HTTP\/1\.1 408 .*"code":"TOO_SLOW"/s);
  expect(text).not.toContain(BSN);
});

test('the OpenAPI document is served to everyone', async () => {
  const { doors } = await openIntake();
  const answer = await send(`${doors.http}/v1/openapi.json`);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.json.openapi).toBe('3.1.0');
});

test('a log that is away gives 503 with Retry-After, and works again by itself', async () => {
  const { broker, post } = await openIntake();
  const restore = broker.outage();
  const away = await post('/v1/cases', CASE);
  restore();
  const back = await post('/v1/cases', CASE);

  expect(away.status).toBe(503);
  expect(away.headers.get('retry-after')).toBe('5');
  expect(away.json.code).toBe('LOG_UNAVAILABLE');
  expect(back.status).toBe(202);
});

/** A door on a log that holds every publish until it is told to go on. */
async function stuckDoor(limitsOf: { answerMsMax: number; requestMsMax?: number }) {
  const { answerMsMax, requestMsMax = 5_000 } = limitsOf;
  const broker = memoryBroker();
  const metrics = createMetrics({ ofProcess: false });
  const limits = { recordsMax: 1, bytesMax: 1e6 };
  const common = { parser: PARSER, clock: CLOCK, random: Math.random, logger: silentLogger };
  const desk = new IntakeDesk({ ...common, metrics, limits, answerMsMax });
  const log = broker.connect('intake');
  desk.open(await openIntakeWriter({ log, registry: await memoryRegistry() }));
  const hold = broker.hold({ operation: 'publish', stage: 'before' });
  const app = createHttpDoor({ desk, metrics, logger: silentLogger, openApi: {}, requestMsMax });
  ending.push(() => app.close());
  const post = (eventId: string) =>
    app.inject({ method: 'POST', url: '/v1/cases', payload: { ...CASE, eventId } });
  return { app, post, hold, broker };
}

test('more than the gate lets through is refused at once with 503, and the rest is stored', async () => {
  const { post, hold, broker } = await stuckDoor({ answerMsMax: 60_000 });
  const taken = post('e-1');
  await hold.reached;
  const refused = await Promise.all([post('e-2'), post('e-3')]);
  hold.release();

  expect(refused.map(({ statusCode }) => statusCode)).toEqual([503, 503]);
  expect(refused[0]?.headers['retry-after']).toBe('1');
  expect(refused[0]?.json().code).toBe('INTAKE_FULL');
  expect((await taken).statusCode).toBe(202);
  expect((await post('e-2')).statusCode).toBe(202);
  expect((await storedEvents(broker)).map(({ event }) => event.eventId)).toEqual(['e-1', 'e-2']);
});

test('a log that does not answer in time gives 503 with the advice to repeat', async () => {
  const { post, hold } = await stuckDoor({ answerMsMax: 20 });
  const answer = await post('e-1');
  hold.release();

  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  expect(answer.json().detail).toContain('Repeat');
});

test('no BSN, good or bad, leaves intake by the log, an answer or a metric', async () => {
  const { broker, post, metrics } = await openIntake();
  let talk = '';
  for (const bsn of CANARY_BSNS) {
    for (const change of [{}, { law: bsn }, { [bsn]: bsn }, { caseId: bsn }, { receivedAt: bsn }]) {
      const body = { ...CASE, bsn, eventId: `e-${CANARY_BSNS.indexOf(bsn)}`, ...change };
      const answer = await post('/v1/cases', body, { 'idempotency-key': bsn });
      talk += answer.text + JSON.stringify([...answer.headers]);
    }
    talk += (await post(`/v1/cases/${bsn}/closure`, { ...CLOSURE, bsn })).text;
  }
  talk += await metrics.text();
  const reader = await broker.connect('scan').openReader();
  for (let partition = 0; partition < 4; partition++) {
    const of = { topic: TOPICS.intake, partition, offset: 0, maxBytes: 1e7 };
    for (const { records } of await reader.fetch([of], { maxWaitMs: 10 })) {
      for (const { key, value, headers } of records) {
        talk += [key, value, headers].map((part) => part?.toString('latin1')).join();
      }
    }
  }

  expect((await storedEvents(broker)).length).toBe(CANARY_BSNS.length);
  for (const bsn of CANARY_BSNS) {
    for (const form of [
      bsn,
      Buffer.from(bsn).toString('base64'),
      Buffer.from(bsn).toString('hex'),
    ]) {
      expect(talk).not.toContain(form);
    }
  }
});
