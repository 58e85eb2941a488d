import type { Command } from 'commander';
import {
  activeClients,
  BAND_REASONS,
  bandAround,
  bandTogether,
  contactsPerYear,
  countsIn,
  endingWithin,
  judgeCaseload,
  KNOWN_CLIENTS_MAX,
  knowsLess,
  loadPerHour,
  MINUTES_PER_HOUR,
  rankByLoad,
  ratio,
  spread,
  type Band,
} from '@smc/capacity';
import type { LocalDate } from '@smc/domain';
import { command, outputOf } from '../../command.ts';
import { CommandEnd, EXIT } from '../../exit.ts';
import { bandCalculation } from './band-calculation.ts';
import { describeBand, describeCalculation } from './band-text.ts';
import {
  bandFlag,
  countFlag,
  dayFlag,
  ON_FLAG,
  peopleOn,
  percentFlag,
  percentRangeFlag,
} from './flags.ts';
import { asHours, asNumber, CLIENTS_MAX } from './numbers.ts';
import { PEOPLE, PEOPLE_WORDS, type PeopleFile, type Person } from './people-form.ts';
import { readInput } from './read-input.ts';

type Options = {
  readonly json?: boolean;
  readonly percent: string;
  readonly perHour?: string;
  readonly hours?: string;
  readonly clients?: string;
  readonly fteHours: string;
  readonly contacts: string;
  readonly active: string;
  readonly knows: string;
  readonly endsWithin: string;
  readonly on?: string;
};

const WORDS = `
band     = min to max standard clients per net hour: --per-hour, or the average of the file
           (load of all / net hours of all) less and plus --percent; a profile has its own
load     = sum of clients x weight                              standard clients
per hour = load / net hours; over when above max, under when below min: a signal, never a block
by       = whole standard clients away from the band
spread   = highest per hour / lowest per hour
hours to caseload: min x hours, rounded up, to max x hours, rounded down             (D02)
caseload to hours: clients / max to clients / min; FTE = those / --fte-hours         (D03)
contacts = clients x --contacts a year; active = clients x --active percent
Reasons: ${Object.entries(BAND_REASONS)
  .map(([code, words]) => `${code.padEnd(18)} ${words}`)
  .join('\n         ')}

${PEOPLE_WORDS}`;

export function bandCommand(): Command {
  return command(
    'band',
    'who is under, within or over a caseload band; or, without a file, from hours to a caseload and back',
    'capacity band packages/capacity/examples/people.yaml --on 2020-03-03\n' +
      '  npm run smc -- capacity band --per-hour 2.64-3.22 --hours 32 --clients 469',
    WORDS,
  )
    .argument('[file]', 'people with hours and clients, YAML or CSV')
    .option('--per-hour <min-max>', 'the band, in standard clients per net hour')
    .option('--percent <n>', 'the band around the average of the file', '10')
    .option('--hours <h>', 'without a file: the caseload for so many hours a week')
    .option('--clients <n>', 'without a file: the hours and FTE for so many clients')
    .option('--fte-hours <h>', 'net hours a week of one FTE', '36')
    .option('--contacts <n>', 'contacts a year with a client', '4')
    .option(
      '--active <from-to>',
      'percent of the clients whom there is work for at a time',
      '10-20',
    )
    .option('--knows <n>', 'warn above so many clients of one person', String(KNOWN_CLIENTS_MAX))
    .option('--ends-within <days>', 'warn of capacity that ends so soon', '90')
    .option(...ON_FLAG)
    .action(async (file: string | undefined, options: Options) => {
      const output = outputOf(options);
      if (file === undefined) {
        const answer = bandCalculation(bandOf(options), options);
        return output.data(answer, () => describeCalculation(answer));
      }
      const settings = settingsOf(options);
      const input = await readInput(file, PEOPLE);
      const people = peopleOn(input, settings.day, output.talk);
      const answer = judge({ ...input, people }, settings);
      output.data(answer, () => describeBand(answer));
    });
}

function bandOf({ perHour }: Options): Band {
  if (perHour !== undefined) return bandFlag('per-hour', perHour);
  throw new CommandEnd(
    EXIT.usage,
    'Give a file with people, or --per-hour with --hours or --clients.',
  );
}

type Settings = {
  readonly band: Band | undefined;
  readonly percent: number;
  readonly contacts: number;
  readonly active: readonly [number, number];
  readonly knows: number;
  readonly endsWithin: number;
  readonly day: LocalDate;
};

function settingsOf(options: Options): Settings {
  return {
    band: options.perHour === undefined ? undefined : bandFlag('per-hour', options.perHour),
    percent: percentFlag('percent', options.percent),
    contacts: countFlag('contacts', options.contacts, 1000),
    active: percentRangeFlag('active', options.active),
    knows: countFlag('knows', options.knows, CLIENTS_MAX),
    endsWithin: countFlag('ends-within', options.endsWithin, 10_000),
    day: dayFlag(options.on),
  };
}

/** People or a team: what they have in hours and clients, in the same measure (D06, D07). */
function measure(name: string, people: readonly Person[], band: Band) {
  const sum = (of: (person: Person) => number) =>
    people.reduce((all, person) => all + of(person), 0);
  const [minutes, load] = [sum(({ hours }) => hours.net), sum((one) => one.loadThousandths)];
  const signal = judgeCaseload(
    {
      contractMinutes: sum(({ hours }) => hours.contract),
      netMinutes: minutes,
      loadThousandths: load,
      reasons: [...new Set(people.flatMap(({ reasons }) => reasons))],
    },
    band,
  );
  const perHour = loadPerHour(load, minutes);
  return {
    exact: perHour,
    row: {
      name,
      hours: asHours(minutes),
      clients: sum(({ clients }) => clients),
      load: load / 1000,
      perHour: perHour && asNumber(perHour),
      band: countsIn(band, minutes),
      ...signal,
    },
  };
}

function judge({ people, bands }: PeopleFile, settings: Settings) {
  const total = people.reduce((sum, { loadThousandths }) => sum + loadThousandths, 0);
  const minutes = people.reduce((sum, { hours }) => sum + hours.net, 0);
  const norm = ratio(BigInt(total) * BigInt(MINUTES_PER_HOUR), 1000n * BigInt(minutes));
  const general = settings.band ?? bandAround(norm, settings.percent);
  const bandFor = ({ name, profile }: Person): Band => {
    if (profile === undefined) return general;
    const own = bands.get(profile);
    if (own !== undefined) return own;
    throw new CommandEnd(EXIT.usage, `${name}: the profile ${profile} has no band under "bands".`);
  };
  const held = (person: Person) => ({ band: bandFor(person), minutes: person.hours.net });
  const measured = people.map((person) => {
    const { exact, row } = measure(person.name, [person], bandFor(person));
    return { perHour: exact, row };
  });
  const ranked = rankByLoad(measured);
  const named = people.filter(({ team }) => team !== undefined);
  const teams = [...Map.groupBy(named, ({ team = '' }) => team)].map(([team, some]) =>
    measure(team, some, bandTogether(some.map(held)) ?? general),
  );
  const clients = people.reduce((sum, person) => sum + person.clients, 0);
  const spreadOf = (loads: Parameters<typeof spread>[0]) => {
    const between = spread(loads);
    return between && asNumber(between);
  };
  return {
    norm: asNumber(norm),
    band: { min: asNumber(general.min), max: asNumber(general.max) },
    people: ranked.map(({ row }) => row),
    spread: spreadOf(measured.map(({ perHour }) => perHour)),
    teams: teams.map(({ row }) => row),
    teamSpread: teams.length < 2 ? undefined : spreadOf(teams.map(({ exact }) => exact)),
    knowLess: ranked
      .filter(({ row }) => knowsLess(row.clients, settings.knows))
      .map(({ row }) => ({ name: row.name, clients: row.clients })),
    knowsMax: settings.knows,
    ending: endingWithin(people, { on: settings.day, days: settings.endsWithin }).map(
      ({ capacity, daysLeft }) => ({ name: capacity.name, until: capacity.until, daysLeft }),
    ),
    clients,
    contactsPerYear: contactsPerYear(clients, settings.contacts),
    active: settings.active.map((percent) => ({
      percent,
      clients: asNumber(activeClients(clients, percent), 1),
    })),
  };
}

export type BandAnswer = ReturnType<typeof judge>;
