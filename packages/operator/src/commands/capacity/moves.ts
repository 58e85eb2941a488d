import type { Command } from 'commander';
import {
  bandAround,
  countMoves,
  countsIn,
  fewestMovesIntoBand,
  MINUTES_PER_HOUR,
  pairMoves,
  ratio,
  sharesByHours,
  waterFill,
} from '@smc/capacity';
import { must } from '@smc/domain';
import { command, outputOf } from '../../command.ts';
import { figureTable } from '../../figure-table.ts';
import { countFlag, dayFlag, flag, ON_FLAG, peopleOn, percentsFlag } from './flags.ts';
import { PEOPLE, PEOPLE_WORDS, type Person } from './people-form.ts';
import { readInput } from './read-input.ts';
import { claimsOf } from './shares.ts';

type Options = {
  readonly json?: boolean;
  readonly percent: string;
  readonly to: string;
  readonly newCases: string;
  readonly on?: string;
};

const NEW_CASES_MAX = 1_000_000;

const WORDS = `
moves = sum of (now - after) of everybody who has more now             clients, the fewest there are
into a band: the larger of what is above the bands and what lacks below them
new cases go one by one to the fewest clients per net hour, and move nobody

${PEOPLE_WORDS}`;

export function movesCommand(): Command {
  return command(
    'moves',
    'how many clients change hands for fair shares, for a band, or for none at all; and between whom',
    'capacity moves packages/capacity/examples/people.yaml --on 2020-03-03 --new-cases 50',
    WORDS,
  )
    .argument('<file>', 'people with hours and clients, YAML or CSV')
    .option('--percent <list>', 'bands around the average per net hour', '5,10,15,20,25')
    .option(
      '--to <goal>',
      'the goal whose moves are listed: shares, or a percentage of the list',
      'shares',
    )
    .option('--new-cases <n>', 'also: where so many new cases go when nobody moves', '0')
    .option(...ON_FLAG)
    .action(async (file: string, options: Options) => {
      const output = outputOf(options);
      const percents = percentsFlag('percent', options.percent);
      const newCases = countFlag('new-cases', options.newCases, NEW_CASES_MAX);
      const people = peopleOn(await readInput(file, PEOPLE), dayFlag(options.on), output.talk);
      const goals = goalsOf(people, percents);
      const goal = goals.find(({ id }) => id === options.to);
      const wanted = `shares or one of ${options.percent}`;
      const pairs = pairsOf(people, flag('to', options.to, goal, wanted).after);
      const answer = {
        people: people.map(({ name, clients }) => ({ name, now: clients })),
        goals,
        to: options.to,
        moves: pairs,
        newCases: { cases: newCases, after: newCases > 0 ? fill(people, newCases) : undefined },
      };
      output.data(answer, () => describe(answer));
    });
}

type Goal = {
  readonly id: string;
  readonly what: string;
  /** Absent when the goal can't be reached; `refused` says why. */
  readonly moves: number | undefined;
  readonly after: readonly number[] | undefined;
  readonly refused: string | undefined;
};

function goalsOf(people: readonly Person[], percents: readonly number[]): readonly Goal[] {
  const now = people.map(({ clients }) => clients);
  const total = now.reduce((sum, clients) => sum + clients, 0);
  const divided = sharesByHours(total, claimsOf(people));
  const shares = must(divided.ok ? divided.value : undefined, 'somebody has hours');
  const after = shares.map(({ units }) => units);
  const moves = countMoves(now, after);
  return [
    { id: 'shares', what: 'fair shares', moves, after, refused: undefined },
    ...percents.map((percent) => bandGoal(people, total, percent)),
  ];
}

function bandGoal(people: readonly Person[], total: number, percent: number): Goal {
  const minutes = people.reduce((sum, { hours }) => sum + hours.net, 0);
  const band = bandAround(ratio(total * MINUTES_PER_HOUR, minutes), percent);
  const result = fewestMovesIntoBand(
    people.map(({ clients, hours }) => ({
      clients,
      minutes: hours.net,
      band: countsIn(band, hours.net),
    })),
  );
  const goal = { id: String(percent), what: `band of ${percent} %` };
  if (result.ok) {
    return { ...goal, moves: result.value.moves, after: result.value.target, refused: undefined };
  }
  const refused =
    result.refusal.code === 'NO_WHOLE_NUMBER_IN_BAND'
      ? `no whole number of clients lies in the band of ${people[result.refusal.holder]?.name}`
      : `${result.refusal.clients} clients do not fit: ${result.refusal.code}`;
  return { ...goal, moves: undefined, after: undefined, refused };
}

function pairsOf(people: readonly Person[], after: readonly number[] | undefined) {
  if (after === undefined) return [];
  const now = people.map(({ clients }) => clients);
  const nameOf = (i: number) => must(people[i], 'a move names two people').name;
  return pairMoves(now, after).map(({ from, to, clients }) => ({
    from: nameOf(from),
    to: nameOf(to),
    clients,
  }));
}

/** Only who has hours takes new cases. */
function fill(people: readonly Person[], newCases: number): readonly number[] {
  const takers = people.filter(({ hours }) => hours.net > 0);
  const counts = waterFill(
    takers.map(({ clients, hours }) => ({ cases: clients, minutes: hours.net })),
    newCases,
  );
  const after = new Map(takers.map((person, i) => [person, counts[i]]));
  return people.map((person) => after.get(person) ?? person.clients);
}

function describe(answer: {
  readonly people: readonly { readonly name: string; readonly now: number }[];
  readonly goals: readonly Goal[];
  readonly to: string;
  readonly moves: ReturnType<typeof pairsOf>;
  readonly newCases: { readonly cases: number; readonly after: readonly number[] | undefined };
}): readonly string[] {
  const { people, goals, newCases } = answer;
  const rows = goals.map(({ what, moves, after }) => [
    what,
    moves ?? 'none possible',
    ...people.map((_, i) => after?.[i] ?? ''),
  ]);
  const filled = newCases.after && [`${newCases.cases} new cases`, 0, ...newCases.after];
  const chosen = goals.find(({ id }) => id === answer.to);
  return [
    ...figureTable(
      ['goal', 'moves', ...people.map(({ name }) => name)],
      [['now', '', ...people.map(({ now }) => now)], ...rows, ...(filled ? [filled] : [])],
    ),
    ...goals.flatMap(({ what, refused }) => (refused === undefined ? [] : [`${what}: ${refused}`])),
    '',
    `For ${chosen?.what}:`,
    ...(answer.moves.length === 0 ? ['nobody moves'] : []),
    ...answer.moves.map(({ from, to, clients }) => `  ${clients} from ${from} to ${to}`),
  ];
}
