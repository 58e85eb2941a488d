import type { Command } from 'commander';
import { TOPICS, type DeadLetter } from '@smc/domain';
import { command, connected, group, outputOf } from '../command.ts';
import type { Connections } from '../connect.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { show, table } from '../output.ts';
import { readOwn } from '../verify/read-own.ts';
import { RecordCursor } from '../verify/record-cursor.ts';

type Options = { readonly json?: boolean; readonly code?: string; readonly limit: string };

type Listed = {
  readonly at: string;
  readonly code: string;
  readonly reason: string;
  readonly source: string;
  readonly bytes: number;
};
type Listing = {
  readonly counts: Readonly<Record<string, number>>;
  readonly newest: readonly Listed[];
};

const LIMIT_MAX = 10_000;

/** Records that are no valid event: which, why, and where they came from. Never their content. */
export function deadLettersCommand(): Command {
  const list = command(
    'list',
    'records that are no valid event, newest first, counted by code',
    'dead-letters list --code NOT_AVRO',
  )
    .option('--code <code>', 'those with this code only')
    .option('--limit <n>', 'how many at most', '50')
    .action(async (options: Options) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) {
        throw new CommandEnd(EXIT.usage, `--limit takes a number from 1 to ${LIMIT_MAX}`);
      }
      const listing = await connected((it) => listDeadLetters(it, { limit, code: options.code }));
      outputOf(options).data(listing, () => describe(listing));
    });
  return group('dead-letters', 'records that are no valid event', [list]);
}

async function listDeadLetters(
  connections: Connections,
  { limit, code }: { readonly limit: number; readonly code: string | undefined },
): Promise<Listing> {
  const [log, codec] = [await connections.log(), await connections.codec()];
  const partitions = (await log.partitionCounts([TOPICS.deadLetters])).get(TOPICS.deadLetters) ?? 0;
  const reader = await log.openReader();
  const counts: Record<string, number> = {};
  let newest: { readonly ms: number; readonly letter: Listed }[] = [];
  for (let partition = 0; partition < partitions; partition++) {
    const cursor = await RecordCursor.open(reader, { topic: TOPICS.deadLetters, partition });
    for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
      const letter = await readOwn(codec, record, 'DeadLetter');
      if (code !== undefined && letter.code !== code) continue;
      counts[letter.code] = (counts[letter.code] ?? 0) + 1;
      newest.push({ ms: record.timestampMs, letter: listed(letter, record.timestampMs) });
      // Only the newest are shown: the rest need not be kept while reading on.
      if (newest.length > 2 * limit + 1_000) newest = newestOf(newest, limit);
    }
  }
  await reader.close();
  return { counts, newest: newestOf(newest, limit).map(({ letter }) => letter) };
}

const newestOf = <T extends { readonly ms: number }>(all: readonly T[], limit: number): T[] =>
  all.toSorted((a, b) => b.ms - a.ms).slice(0, limit);

function listed({ code, reason, source, value }: DeadLetter, atMs: number): Listed {
  return {
    at: new Date(atMs).toISOString(),
    code,
    reason,
    source: `${source.topic}-${source.partition}@${source.offset}`,
    bytes: value?.length ?? 0,
  };
}

function describe({ counts, newest }: Listing): readonly string[] {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  return [
    ...table(['code', 'count'], Object.entries(counts)),
    '',
    ...table(
      ['at', 'code', 'from', 'bytes', 'why'],
      newest.map((l) => [l.at, l.code, l.source, l.bytes, l.reason]),
    ),
    `${show(total)} dead letters, ${show(newest.length)} shown`,
  ];
}
