import type { Command } from 'commander';
import { hoursText, roundedShares, sharesByHours, type Claim } from '@smc/capacity';
import { must } from '@smc/domain';
import { command, outputOf } from '../../command.ts';
import { show } from '../../output.ts';
import { figureTable } from '../../figure-table.ts';
import { countFlag, dayFlag, ON_FLAG, peopleOn } from './flags.ts';
import { asHours, asNumber, CLIENTS_MAX } from './numbers.ts';
import { PEOPLE, PEOPLE_WORDS, type Person } from './people-form.ts';
import { readInput } from './read-input.ts';

type Options = { readonly json?: boolean; readonly total?: string; readonly on?: string };

const WORDS = `
quota   = total x net hours / all net hours                     clients, exact
share   = the whole part of the quota; what is left goes one by one to the largest
          remainders, of equal ones to whoever keeps a client by it, then to the first
rounded = each quota rounded by itself; the sum can differ from the total ("afronding")

${PEOPLE_WORDS}`;

export function sharesCommand(): Command {
  return command(
    'shares',
    "everybody's fair share of the clients, by net hours",
    'capacity shares packages/capacity/examples/people.yaml --on 2020-03-03',
    WORDS,
  )
    .argument('<file>', 'people with hours and clients, YAML or CSV')
    .option('--total <n>', 'clients to divide; without it those the people have')
    .option(...ON_FLAG)
    .action(async (file: string, options: Options) => {
      const output = outputOf(options);
      const people = peopleOn(await readInput(file, PEOPLE), dayFlag(options.on), output.talk);
      const current = people.reduce((sum, { clients }) => sum + clients, 0);
      const total =
        options.total === undefined
          ? current
          : countFlag('total', options.total, CLIENTS_MAX * people.length);
      const answer = divide(people, total);
      output.data(answer, () => describe(answer));
    });
}

/** What each person claims of the clients: by net hours, seen from what they have now. */
export const claimsOf = (people: readonly Person[]): readonly Claim[] =>
  people.map(({ hours, clients }) => ({ weight: hours.net, current: clients }));

function divide(people: readonly Person[], total: number) {
  const [exact, rounded] = [
    sharesByHours(total, claimsOf(people)),
    roundedShares(total, claimsOf(people)),
  ];
  const shares = must(exact.ok ? exact.value : undefined, 'somebody has hours');
  const each = must(rounded.ok ? rounded.value : undefined, 'somebody has hours');
  return {
    total,
    people: people.map(({ name, hours, clients }, i) => ({
      name,
      hours: asHours(hours.net),
      now: clients,
      quota: asNumber(must(shares[i], 'a share each').quota, 3),
      share: must(shares[i], 'a share each').units,
      rounded: must(each.shares[i], 'a share each').units,
    })),
    roundedSum: total + each.roundingDifference,
    roundingDifference: each.roundingDifference,
  };
}

function describe({ people, total, roundedSum, roundingDifference }: ReturnType<typeof divide>) {
  const sumOf = (of: (person: (typeof people)[number]) => number) =>
    people.reduce((sum, person) => sum + of(person), 0);
  const hours = sumOf((person) => person.hours * 60);
  const rows = people.map((person) => [
    person.name,
    hoursText(person.hours * 60),
    person.now,
    person.quota.toFixed(3),
    person.share,
    person.rounded,
  ]);
  const sum = [
    'sum',
    hoursText(Math.round(hours)),
    sumOf(({ now }) => now),
    total.toFixed(3),
    total,
    roundedSum,
  ];
  const sign = roundingDifference > 0 ? '+' : '';
  return [
    ...figureTable(['name', 'net hours', 'now', 'quota', 'share', 'rounded'], [...rows, sum]),
    roundingDifference === 0
      ? 'Each quota rounded by itself makes the same total.'
      : `Each quota rounded by itself makes ${show(roundedSum)}: afronding ${sign}${roundingDifference}.`,
  ];
}
