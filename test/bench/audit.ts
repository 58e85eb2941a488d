/** What a worker put out, counted afterwards: exactly one outcome for every case, or not. */
import { BugError, TOPICS } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader, LogRecord } from '@smc/log';
import { caseNumber } from './workload.ts';

const FETCH_BYTES = 4 * 1024 * 1024;
const FETCH_WAIT_MS = 500;
const OUTCOMES = ['CaseAssigned', 'CaseParked', 'ClientHandedOver', 'CaseReleased'] as const;

export type Audit = {
  /** How many cases there were. */
  readonly cases: number;
  readonly assigned: number;
  readonly parked: number;
  readonly lost: number;
  /** Outcomes too many. */
  readonly duplicated: number;
  readonly clientsWithTwoTeams: number;
  readonly deadLetters: number;
  /** Of the bytes of the first outcomes, whatever their order: equal for equal answers. */
  readonly digest: string;
};

export type AuditOptions = {
  readonly reader: LogReader;
  readonly codec: Codec;
  readonly partitions: number;
  readonly cases: number;
  /** So many of the first cases count for the digest. */
  readonly digestCases: number;
};

export async function auditOutcomes(options: AuditOptions): Promise<Audit> {
  const { reader, codec, partitions, cases } = options;
  const outcomes = new Uint8Array(cases);
  const teams = new Map<string, string>();
  const counts = { CaseAssigned: 0, CaseParked: 0, ClientHandedOver: 0, CaseReleased: 0 };
  let clientsWithTwoTeams = 0;
  let strangers = 0;
  let digest = 0;
  let deadLetters = 0;
  for (let partition = 0; partition < partitions; partition++) {
    for await (const record of recordsOf(reader, TOPICS.assignments, partition)) {
      const decoded = codec.decode(record.value, OUTCOMES);
      if (decoded.ok !== true) throw new BugError('an outcome that can not be read');
      const event = decoded.value;
      counts[event.type]++;
      if (event.type === 'CaseAssigned') {
        const known = teams.get(event.clientKey);
        if (known !== undefined && known !== event.team) clientsWithTwoTeams++;
        teams.set(event.clientKey, event.team);
      }
      if (event.type !== 'CaseAssigned' && event.type !== 'CaseParked') continue;
      const n = caseNumber(event.caseId) ?? cases;
      if (n < cases) outcomes[n] = Math.min(255, (outcomes[n] ?? 0) + 1);
      else strangers++;
      if (n < options.digestCases && record.value !== undefined) {
        digest = (digest + hashOf(record.value)) % 2 ** 48;
      }
    }
    for await (const _ of recordsOf(reader, TOPICS.deadLetters, partition)) deadLetters++;
  }
  return {
    cases,
    assigned: counts.CaseAssigned,
    parked: counts.CaseParked,
    lost: outcomes.reduce((sum, seen) => sum + (seen === 0 ? 1 : 0), 0),
    duplicated: outcomes.reduce((sum, seen) => sum + Math.max(0, seen - 1), strangers),
    clientsWithTwoTeams,
    deadLetters,
    digest: digest.toString(16).padStart(12, '0'),
  };
}

async function* recordsOf(
  reader: LogReader,
  topic: string,
  partition: number,
): AsyncGenerator<LogRecord> {
  const { start, end } = await reader.range({ topic, partition });
  for (let offset = start; offset < end;) {
    const request = { topic, partition, offset, maxBytes: FETCH_BYTES };
    for (const slice of await reader.fetch([request], { maxWaitMs: FETCH_WAIT_MS })) {
      yield* slice.records;
      offset = slice.nextOffset;
    }
  }
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
