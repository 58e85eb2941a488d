import type { Command } from 'commander';
import { TOPICS, type CommandAnswered, type DemarcationActivated } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { LogReader, TxnLog } from '@smc/log';
import { command, connected, outputOf } from '../command.ts';
import { readVersions } from '../demarcations.ts';
import { table } from '../output.ts';
import { readOwn } from '../verify/read-own.ts';
import { RecordCursor } from '../verify/record-cursor.ts';

/** One activation: the same for all partitions that were told at once. */
type Activation = {
  readonly at: string;
  readonly version: string;
  readonly contentHash: string;
  readonly effectiveFrom: string;
  readonly activatedBy: string;
  /** The decision that made the version (B38); undefined where its manifest is gone. */
  readonly decisionReference: string | undefined;
  readonly partitions: readonly Taken[];
};

/** From where in `smc.intake` a partition decides by it; undefined: no task has taken it yet. */
type Taken = {
  readonly partition: number;
  readonly offset: number;
  readonly intakeNext: number | undefined;
};

export function demarcationJournalCommand(): Command {
  return command(
    'journal',
    'every activation: who, when, by which decision, and from which offset of each partition it decides',
    'demarcation journal',
  ).action(async (options: { readonly json?: boolean }) => {
    const journal = await connected(async (it) => readJournal(await it.log(), await it.codec()));
    outputOf(options).data(journal, () =>
      table(
        ['activated', 'version', 'from', 'decision', 'by', 'taken by', 'content'],
        journal.map((activation) => [
          activation.at,
          activation.version,
          activation.effectiveFrom,
          activation.decisionReference ?? '?',
          activation.activatedBy,
          takenBy(activation.partitions),
          activation.contentHash.slice(0, 12),
        ]),
      ),
    );
  });
}

function takenBy(partitions: readonly Taken[]): string {
  const taken = partitions.filter(({ intakeNext }) => intakeNext !== undefined);
  return `${taken.length} of ${partitions.length}`;
}

/** All activations, in the order of time. */
export async function readJournal(log: TxnLog, codec: Codec): Promise<readonly Activation[]> {
  const versions = await readVersions(log, codec);
  const partitions = (await log.partitionCounts([TOPICS.commands])).get(TOPICS.commands) ?? 0;
  const reader = await log.openReader();
  const found = new Map<string, { readonly atMs: number; readonly told: Told[] }>();
  try {
    for (let partition = 0; partition < partitions; partition++) {
      const answers = await answersOf(reader, codec, partition);
      for await (const told of activationsOf(reader, codec, partition)) {
        const of = found.get(told.event.eventId) ?? { atMs: told.atMs, told: [] };
        of.told.push({ ...told, intakeNext: answers.get(told.offset)?.intakeNext });
        found.set(told.event.eventId, of);
      }
    }
  } finally {
    await reader.close();
  }
  return [...found.values()]
    .toSorted((a, b) => a.atMs - b.atMs)
    .flatMap(({ atMs, told }): Activation[] => {
      const [first] = told;
      if (first === undefined) return [];
      const { version, contentHash, effectiveFrom, activatedBy } = first.event;
      return [
        {
          at: new Date(atMs).toISOString(),
          version,
          contentHash,
          effectiveFrom,
          activatedBy,
          decisionReference: versions.get(contentHash)?.manifest.decisionReference,
          partitions: told.map(({ partition, offset, intakeNext }) => ({
            partition,
            offset,
            intakeNext,
          })),
        },
      ];
    });
}

type Told = Taken & { readonly event: DemarcationActivated; readonly atMs: number };

async function* activationsOf(
  reader: LogReader,
  codec: Codec,
  partition: number,
): AsyncGenerator<Omit<Told, 'intakeNext'>> {
  const cursor = await RecordCursor.open(reader, { topic: TOPICS.commands, partition });
  for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
    const decoded = codec.decode(record.value, ['DemarcationActivated']);
    if (decoded.ok !== true) continue;
    const { offset, timestampMs } = record;
    yield { event: decoded.value, partition, offset, atMs: timestampMs };
  }
}

/** By the offset of the command. */
async function answersOf(
  reader: LogReader,
  codec: Codec,
  partition: number,
): Promise<ReadonlyMap<number, CommandAnswered>> {
  const answers = new Map<number, CommandAnswered>();
  const cursor = await RecordCursor.open(reader, { topic: TOPICS.commandAnswers, partition });
  for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
    const answer = await readOwn(codec, record, 'CommandAnswered');
    if (answer.command === 'DemarcationActivated') answers.set(answer.source.offset, answer);
  }
  return answers;
}
