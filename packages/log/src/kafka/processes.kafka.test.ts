import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '@smc/domain';
import type { TxnLog } from '../txn-log.ts';
import { kafkaHarness, type KafkaHarness } from '../conformance/kafka-harness.ts';

const WRITER = fileURLToPath(new URL('testing/writer-process.ts', import.meta.url));
const KILLS = 5;

let harness: KafkaHarness;
let log: TxnLog;
beforeAll(async () => {
  harness = await kafkaHarness(1);
  log = await harness.connect();
});
afterAll(async () => {
  await log?.close();
  await harness?.close();
});

test('a writer that is killed at any moment leaves whole transactions, without a gap', async () => {
  const topic = await harness.createTopic({});
  let next = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const writer = await writing(topic, 'killed', next);
    await new Promise((resume) => setTimeout(resume, 30 + 17 * kill));
    const exited = once(writer.child, 'exit');
    writer.child.kill('SIGKILL');
    await exited;

    const owner = await log.openTask('killed', { transactionTimeoutMs: 30_000 });
    const values = await committed(topic);
    next = values.length / 3;
    const whole = Array.from({ length: next }, (_, n) => ['a', 'b', 'c'].map((part) => n + part));
    expect(values).toEqual(whole.flat());
    await owner.close();
  }
  expect(next).toBeGreaterThan(KILLS);
});

test('a writer that stood still while another took over is fenced and writes nothing', async () => {
  const topic = await harness.createTopic({});
  const zombie = await writing(topic, 'zombie', 0);
  zombie.child.kill('SIGSTOP');

  await log.openTask('zombie', { transactionTimeoutMs: 30_000 });
  const before = await committed(topic);
  // Waited for from now on: it may have ended before the last look at the topic.
  const exited = once(zombie.child, 'exit');
  zombie.child.kill('SIGCONT');

  expect((await zombie.lines.next()).value).toBe('FENCED');
  expect(await committed(topic)).toEqual(before);
  expect(await exited, 'it closes and exits by itself').toEqual([0, null]);
});

type Writing = { readonly child: ChildProcess; readonly lines: AsyncIterator<string> };

/** A process that has committed its first transaction. */
async function writing(topic: string, taskId: string, first: number): Promise<Writing> {
  const args = [WRITER, harness.brokers.join(','), topic, taskId, `${first}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(must(child.stdout, 'a pipe'))[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('WRITING');
  return { child, lines };
}

async function committed(topic: string): Promise<readonly string[]> {
  const reader = await log.openReader();
  const of = { topic, partition: 0 };
  const { end } = await reader.range(of);
  const values: string[] = [];
  for (let offset = 0; offset < end;) {
    const requests = [{ ...of, offset, maxBytes: 1_000_000 }];
    const [slice] = await reader.fetch(requests, { maxWaitMs: 1_000 });
    values.push(...(slice?.records ?? []).map(({ value }) => String(value)));
    offset = slice?.nextOffset ?? offset;
  }
  await reader.close();
  return values;
}
