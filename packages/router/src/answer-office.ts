/** What clients' tasks tell and ask an office that divides by workload (A08, A09). */
import { partitionOf, type OfficeEvent, type Result } from '@smc/domain';
import { decideOffice } from '@smc/decision';
import type { Flaw } from '@smc/events';
import type { LogRecord } from '@smc/log';
import type { Answered, Batch } from './batch.ts';
import type { DemarcationWaits } from './demarcation-waits.ts';
import { SchemaUnlearned } from './schema-unlearned.ts';
import { sourceOf } from './source-of.ts';

/**
 * Answers the records of offices. A request is answered by the version that the client's task
 * decided by: it waits until that is there in full.
 */
export function answerOffices(
  waits: DemarcationWaits,
  signal: AbortSignal,
): (batch: Batch, record: LogRecord) => Answered {
  return (batch, record) => {
    const read = readOfficeEvent(batch, record);
    if (!read.ok) {
      batch.refuse(record, read.refusal);
      return 'answered';
    }
    const event = read.value;
    if (event.type === 'LoadChanged') {
      count(batch, record, { event, demarcation: undefined });
      return 'answered';
    }
    const version = { version: event.demarcation, contentHash: event.demarcationHash };
    const demarcation = waits.get(record, version, signal);
    if (demarcation === undefined) return 'waits';
    count(batch, record, { event, demarcation });
    return 'answered';
  };
}

function count(
  batch: Batch,
  record: LogRecord,
  {
    event,
    demarcation,
  }: Pick<Parameters<typeof decideOffice>[0], 'event'> & {
    readonly demarcation: Parameters<typeof decideOffice>[2];
  },
): void {
  const { offices } = batch.tools;
  const before = offices.get(event.office);
  const { load, answer } = decideOffice({ event, source: sourceOf(record) }, before, demarcation);
  if (!offices.isChanged(event.office)) batch.weighOffice(offices.bytesOf(event.office));
  offices.set(load);
  if (answer !== undefined) batch.choose(record, answer);
}

function readOfficeEvent(batch: Batch, record: LogRecord): Result<OfficeEvent, Flaw> {
  const { codec, headersFlaw, partitions } = batch.tools;
  const decoded = codec.decode(record.value, ['TeamRequested', 'LoadChanged']);
  if (decoded.ok === 'unlearned') throw new SchemaUnlearned(decoded.schemaId);
  if (!decoded.ok) return decoded;
  const { office } = decoded.value;
  const isMine =
    record.key?.toString('latin1') === office &&
    partitionOf(office, partitions) === record.partition;
  const misplaced: Flaw | undefined = isMine
    ? undefined
    : { code: 'KEY_MISMATCH', reason: "the record's key or partition is not the office's" };
  const flaw = headersFlaw(record.headers) ?? misplaced;
  return flaw === undefined ? decoded : { ok: false, refusal: flaw };
}
