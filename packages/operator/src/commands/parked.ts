import type { Command } from 'commander';
import { PARKED_WORDS } from '@smc/decision';
import { isIdentifier } from '@smc/domain';
import { command, connected, group, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { show, table } from '../output.ts';

type Options = {
  readonly json?: boolean;
  readonly office?: string;
  readonly national?: boolean;
  readonly limit: string;
};

const LIMIT_MAX = 10_000;

/** Cases that no rule can place and that wait for a person, oldest first. */
export function parkedCommand(): Command {
  const list = command(
    'list',
    'parked cases, oldest first, with code and age',
    'parked list --office utrecht',
  )
    .option('--office <id>', 'the work list of one office')
    .option('--national', 'the national work list')
    .option('--limit <n>', 'how many at most', '50')
    .action(async (options: Options) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) {
        throw new CommandEnd(EXIT.usage, `--limit takes a number from 1 to ${LIMIT_MAX}`);
      }
      const parked = await connected((it) => it.views().parkedList(worklistOf(options), limit));
      outputOf(options).data(parked, () => [
        ...table(
          ['case', 'work list', 'code', 'age', 'why'],
          parked.cases.map(({ caseId, worklist, code, ageMs }) => [
            caseId,
            worklist ?? 'national',
            code ?? '',
            ageOf(ageMs),
            code === undefined ? '' : PARKED_WORDS[code].en,
          ]),
        ),
        `${show(parked.total)} parked, ${show(parked.cases.length)} shown`,
      ]);
    });
  return group('parked', 'cases that wait for a person', [list]);
}

function worklistOf({ office, national }: Options) {
  if (national === true) return 'national';
  if (office === undefined) return 'all';
  if (!isIdentifier<'OfficeId'>(office))
    throw new CommandEnd(EXIT.usage, `${office} is no office id`);
  return { office };
}

/** 3 d, 4 h, 5 min or 6 s: the largest unit says enough. */
export function ageOf(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
  ] as const;
  for (const [unit, size] of units) if (ms >= size) return `${Math.floor(ms / size)} ${unit}`;
  return `${Math.floor(ms / 1000)} s`;
}
