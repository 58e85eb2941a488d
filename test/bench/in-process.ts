/**
 * What a case costs the router itself: record batches in, sealed record batches out, without a
 * broker, a socket or another process. Its figures are CPU time, so that two versions can be
 * compared on a machine that others use too. What is not on the main thread is the garbage collector
 * and the compiler; the first round pays for the latter.
 *
 *   node test/bench/in-process.ts [CASES [ROUNDS]]       --cpu-prof works as well
 */
import { must, TOPICS } from '@smc/domain';
import { decide } from '@smc/decision';
import { createMemoryRegistry, openCodec, registerSchemas } from '@smc/events';
import { ActiveDemarcations, DEFAULT_LIMITS, ROUTER_TYPES } from '@smc/router';
import { BatchWriter, PLAIN_PRODUCER } from '../../packages/log/src/kafka/batch-writer.ts';
import { readBatches } from '../../packages/log/src/kafka/batch-reader.ts';
import { PartitionWriters } from '../../packages/log/src/kafka/partition-writers.ts';
import { answerIntake } from '../../packages/router/src/answer-client.ts';
import { AwaitingCases } from '../../packages/router/src/awaiting-cases.ts';
import { Batch } from '../../packages/router/src/batch.ts';
import { ClientStore } from '../../packages/router/src/client-store.ts';
import { createHeaderTools } from '../../packages/router/src/header-tools.ts';
import { OfficeStore } from '../../packages/router/src/office-store.ts';
import { TaskInput } from '../../packages/router/src/task-input.ts';
import { benchDemarcation } from './demarcation.ts';
import { createRecordOf, createWorkload } from './workload.ts';

const PARTITIONS = 4;
/** As a fetch brings them. */
const FETCH_BYTES = 512 * 1024;
const BATCH_BYTES_MAX = 1_000_000;

const [cases = 200_000, rounds = 3] = process.argv.slice(2).map(Number);

const registry = createMemoryRegistry();
await registerSchemas(registry);
const codec = await openCodec({ registry, types: ROUTER_TYPES });
const demarcation = await benchDemarcation();
const rulebook = new ActiveDemarcations();
const { version, contentHash } = demarcation;
rulebook.activate({ version, contentHash, effectiveFrom: demarcation.effectiveFrom }, demarcation);

const fetches = fetchesOf(cases);
for (let round = 0; round < rounds; round++) {
  const [process0, thread0] = [process.cpuUsage(), process.threadCpuUsage()];
  const { bytes, answered } = drain();
  const all = each(process.cpuUsage(process0), answered);
  const main = each(process.threadCpuUsage(thread0), answered);
  const out = Math.round(bytes / answered);
  process.stdout.write(
    `round ${round}: ${all} µs a case, ${main} of it on the main thread; ${out} B out\n`,
  );
}

function each({ user, system }: NodeJS.CpuUsage, answered: number): string {
  return ((user + system) / answered).toFixed(2);
}

/** The batches of every partition, in the order of their cases. */
function fetchesOf(count: number): readonly { partition: number; from: number; bytes: Buffer }[] {
  const workload = createWorkload(count);
  const recordOf = createRecordOf(codec, PARTITIONS);
  const done: { partition: number; from: number; bytes: Buffer }[] = [];
  const writers = Array.from({ length: PARTITIONS }, () => new BatchWriter(FETCH_BYTES));
  const next = writers.map(() => 0);
  const cut = (partition: number) => {
    const writer = must(writers[partition], 'a writer for every partition');
    if (writer.count === 0) return;
    const bytes = Buffer.from(writer.seal(PLAIN_PRODUCER));
    const from = next[partition] ?? 0;
    bytes.writeBigInt64BE(BigInt(from), 0);
    done.push({ partition, from, bytes });
    next[partition] = from + writer.count;
    writer.reset();
  };
  for (let n = 0; n < count; n++) {
    const record = recordOf(workload.caseOf(n), n);
    const writer = must(writers[record.partition], 'a writer for every partition');
    if (writer.add(record, n) === 'ADDED') continue;
    cut(record.partition);
    writer.add(record, n);
  }
  writers.forEach((_, partition) => cut(partition));
  return done;
}

function drain(): { readonly bytes: number; readonly answered: number } {
  const tools = createHeaderTools(codec, Math.random);
  const tasks = Array.from({ length: PARTITIONS }, (_, partition) => ({
    tools: {
      ...tools,
      codec,
      decide,
      store: new ClientStore(codec),
      offices: new OfficeStore(codec),
      awaiting: new AwaitingCases(),
      partition,
      partitions: PARTITIONS,
    },
    writers: new PartitionWriters(() => new BatchWriter(BATCH_BYTES_MAX)),
  }));
  let bytes = 0;
  let answered = 0;
  for (const { partition, from: offset, bytes: fetched } of fetches) {
    const { tools, writers } = must(tasks[partition], 'a task for every partition');
    const read = { topic: TOPICS.intake, partition, bytes: fetched, from: offset, aborted: [] };
    const { records } = readBatches(read);
    const input = new TaskInput(TOPICS.intake, partition);
    const nextOffset = offset + records.length;
    input.arrived({ ...read, records, nextOffset, lastStableOffset: nextOffset });
    while (input.waiting() !== undefined) {
      const nowMs = 1_790_000_000_000 + input.next;
      const batch = new Batch(tools, rulebook, { limits: DEFAULT_LIMITS, nowMs });
      batch.take(input, answerIntake);
      batch.finish();
      answered += batch.taken;
      for (const { writer } of writers.write(batch.records, nowMs)) {
        bytes += writer.seal(PLAIN_PRODUCER).length;
      }
    }
  }
  return { bytes, answered };
}
