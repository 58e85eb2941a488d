import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { must, TOPICS } from '@smc/domain';
import { connectRegistry, openCodec, registerSchemas } from '@smc/events';
import { createTopics, loadTopics, startStack, type Stack } from '@smc/infra';
import { connectKafkaLog } from '@smc/log';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const BSN = '999990342';
const CASE = {
  caseId: 'c-1',
  bsn: BSN,
  addressKind: 'dutch',
  postcode: '3511AB',
  law: 'ZW',
  product: 'herbeoordeling',
  employment: 'ww',
  participatiewet: false,
};

let running: Stack | undefined;
const stack = () => must(running, 'the stack is up');
const registry = () => connectRegistry({ url: must(stack().registryUrl, 'it has a registry') });

beforeAll(async () => {
  running = await startStack({ parts: ['kafka', 'registry'] });
});
afterAll(async () => {
  await running?.stop({ fast: true });
});

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The process as an operator would start it. */
function startProcess(env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      SMC_KAFKA_BROKERS: stack().bootstrapServers,
      SMC_REGISTRY_URL: must(stack().registryUrl, 'it has a registry'),
      SMC_CLIENT_KEY_SECRET: '07'.repeat(32),
      SMC_CLIENT_KEY_VERSION: '1',
      SMC_LOG_LEVEL: 'debug',
      ...env,
    },
  });
  children.push(child);
  let talk = '';
  child.stderr.on('data', (chunk: Buffer) => (talk += chunk.toString()));
  const exited = once(child, 'exit');
  const firstLine = once(createInterface(child.stdout), 'line');
  const ready = async (): Promise<{ readonly http: string; readonly health: string }> => {
    const [line] = await firstLine;
    return JSON.parse(String(line));
  };
  return { child, exited, ready, talk: () => talk };
}

/** The health door as the log names it, before the process is ready. */
async function doorOf(talk: () => string, name: 'health' | 'http'): Promise<string> {
  const door = () => new RegExp(`"${name}":"(http:[^"]+)"`).exec(talk())?.[1];
  await expect.poll(door, { timeout: 20_000 }).toBeDefined();
  return must(door(), 'it was there a moment ago');
}

async function post(http: string, eventId: string) {
  const response = await fetch(`${http}/v1/cases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...CASE, eventId }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

test('without a secret it ends with code 2 and says what is expected', async () => {
  const { exited, talk } = startProcess({ SMC_CLIENT_KEY_SECRET: '0707' });

  expect(await exited).toEqual([2, null]);
  expect(talk()).toContain('SMC_CLIENT_KEY_SECRET: a secret of at least 32 bytes');
});

test('where its schemas are not registered it ends with code 1 and names them', async () => {
  const { exited, talk } = startProcess();

  expect(await exited).toEqual([1, null]);
  expect(talk()).toContain('smc.intake.CaseRegistered');
});

test('what it answers with 202 stands on Kafka, through outages, and no trace holds the BSN', async () => {
  await createTopics(stack().brokers, loadTopics({ replicationFactor: 1 }));
  await registerSchemas(registry());

  stack().pause('registry');
  const { child, exited, ready, talk } = startProcess();
  const early = await post(await doorOf(talk, 'http'), 'e-0');
  const health = await doorOf(talk, 'health');
  const reasons = async () => (await fetch(`${health}/health/ready`)).text();
  await expect.poll(reasons, { timeout: 20_000 }).toContain('registry');
  stack().resume('registry');
  const { http } = await ready();
  expect(early.status).toBe(503);

  const first = await post(http, 'e-1');
  expect(first.status).toBe(202);

  await stack().kill('broker-1', 'SIGKILL');
  const during = await post(http, 'e-2');
  expect(during.status).toBe(503);
  expect(during.headers.get('retry-after')).toBe('5');
  await stack().restart('broker-1');
  await expect.poll(async () => (await post(http, 'e-2')).status, { timeout: 60_000 }).toBe(202);

  const metrics = await (await fetch(`${health}/metrics`)).text();
  expect(metrics).toMatch(
    /intake_submissions_total\{kind="CaseRegistered",outcome="accepted"\} \d/,
  );
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);

  const { ids, bytes } = await readIntake();
  expect(new Set(ids)).toEqual(new Set(['e-1', 'e-2']));
  for (const trace of [early.text, first.text, during.text, metrics, talk(), bytes]) {
    expect(trace).not.toContain(BSN);
  }
});

async function readIntake() {
  const log = await connectKafkaLog({ brokers: stack().brokers, clientId: 'test' });
  const codec = await openCodec({ registry: registry(), types: ['CaseRegistered'] });
  const reader = await log.openReader();
  const counts = await log.partitionCounts([TOPICS.intake]);
  const ids: string[] = [];
  let bytes = '';
  for (let partition = 0; partition < must(counts.get(TOPICS.intake), 'counted'); partition++) {
    const of = { topic: TOPICS.intake, partition };
    const { start, end } = await reader.range(of);
    for (let offset = start; offset < end;) {
      const [slice] = await reader.fetch([{ ...of, offset, maxBytes: 1e6 }], { maxWaitMs: 1_000 });
      for (const { key, value, headers } of slice?.records ?? []) {
        const decoded = codec.decode(value, ['CaseRegistered']);
        if (decoded.ok === true) ids.push(decoded.value.eventId);
        bytes += [key, value, headers].map((part) => part?.toString('latin1')).join();
      }
      offset = slice?.nextOffset ?? offset;
    }
  }
  await log.close();
  return { ids, bytes };
}
