import {
  BAND_REASONS,
  netMinutes,
  ratio,
  STANDARD_WEIGHT,
  weightedLoad,
  type Band,
  type BandReason,
  type NetMinutes,
  type Period,
} from '@smc/capacity';
import { readList, readName, whole, type YamlCursor } from '@smc/demarcation';
import { isLocalDate } from '@smc/domain';
import type { CsvRow } from './csv-rows.ts';
import { readCount, readHours, readThousandths } from './numbers.ts';
import type { Field, Forms } from './read-input.ts';

export type Person = Period & {
  readonly name: string;
  readonly team: string | undefined;
  /** Whose band it is, where bands differ (D13). */
  readonly profile: string | undefined;
  readonly hours: NetMinutes;
  readonly clients: number;
  readonly loadThousandths: number;
  readonly reasons: readonly BandReason[];
};

export type PeopleFile = {
  readonly people: readonly Person[];
  readonly bands: ReadonlyMap<string, Band>;
};

const PEOPLE_MAX = 500;

/** What the help of every command on people says of its input. */
export const PEOPLE_WORDS = `Input, YAML:
  people:
    - { name: Anne, hours: 36, clients: 90 }     hours: contract, a week: 36, 28.8 or 28:48
    - name: Bob
      hours: 36
      clients: 122                               or by weight, 1 is a standard client:
                                                 [{ clients: 100, weight: 1 }, { clients: 22, weight: 0.3 }]
      side-tasks: [{ name: werkintakes, hours: 4 }]   hours a week that clients don't get
      exempt: 1 of 5                             days of the working week
      team: noord-1                              also counted as a team
      profile: jeugd                             has its own band, under "bands"
      from: 2020-01-01                           the first day; until: the first day no longer there
      until: 2021-01-01
      reasons: [${Object.keys(BAND_REASONS).slice(0, 2).join(', ')}]      recorded by people
  bands:                                         standard clients per net hour
    - { profile: jeugd, min: 2.5, max: 3.75 }
or CSV with the header name,hours,clients and perhaps team,profile,from,until (semicolons are fine).

Net hours = contract - contract x exempt days - side tasks.   (C12, C13, E21)`;

/** People with hours and clients; for shares, moves and bands. */
export const PEOPLE: Forms<PeopleFile> = {
  yaml: readPeopleFile,
  csv: {
    required: ['name', 'hours', 'clients'],
    optional: ['team', 'profile', 'from', 'until'],
    linesMax: PEOPLE_MAX,
    read: readPeopleRows,
  },
};

function readPeopleFile(at: YamlCursor): PeopleFile | undefined {
  const fields = at.fields(['people'], ['bands']);
  const names = new Set<string>();
  const people = readList(fields.people, (item) => readPerson(item, names), PEOPLE_MAX);
  if (people.length === 0 && at.problems.isEmpty) fields.people.expected('one person or more');
  const bands = fields.bands === undefined ? [] : readList(fields.bands, readBand);
  return { people, bands: new Map(bands) };
}

function readPerson(at: YamlCursor, names: Set<string>): Person | undefined {
  const fields = at.fields(
    ['name', 'hours', 'clients'],
    ['side-tasks', 'exempt', 'team', 'profile', 'from', 'until', 'reasons'],
  );
  const tasks = fields['side-tasks'];
  const load = readLoad(fields.clients);
  const known = whole({ ...(load ?? { clients: undefined }), ...readNamed(fields, names) });
  const contract = {
    minutes: known?.minutes ?? 0,
    sideTasks: tasks === undefined ? [] : readList(tasks, readTask),
    exempt: fields.exempt && readExempt(fields.exempt),
  };
  const reasons = fields.reasons === undefined ? [] : readList(fields.reasons, readReason);
  if (known === undefined || load === undefined) return undefined;
  const hours = netMinutes(contract);
  if (!hours.ok) {
    return (tasks ?? at).expected(
      `no more than the ${contract.minutes / 60} hours of the contract`,
    );
  }
  return { name: known.name, ...load, ...readOptional(fields), hours: hours.value, reasons };
}

function readPeopleRows(rows: readonly CsvRow[]): PeopleFile {
  const names = new Set<string>();
  const people = rows.flatMap((row) => {
    const clients = readCount(row.must('clients'));
    const named = readNamed({ name: row.must('name'), hours: row.must('hours') }, names);
    const known = whole({ clients, ...named });
    const [team, profile] = [row.cell('team'), row.cell('profile')];
    const optional = readOptional({
      team,
      profile,
      from: row.cell('from'),
      until: row.cell('until'),
    });
    if (known === undefined) return [];
    const hours = netMinutes({ minutes: known.minutes, sideTasks: [], exempt: undefined });
    if (!hours.ok) return [];
    const loadThousandths = known.clients * STANDARD_WEIGHT;
    return [{ ...known, ...optional, hours: hours.value, loadThousandths, reasons: [] }];
  });
  return { people, bands: new Map() };
}

function readNamed(fields: { name: Field; hours: Field }, names: Set<string>) {
  const name = fields.name.text((text) => {
    const fresh = text.trim() !== '' && text.length <= 100 && !names.has(text);
    if (fresh) names.add(text);
    return fresh ? text : undefined;
  }, 'a name that is not used above');
  return { name, minutes: readHours(fields.hours) };
}

function readOptional(
  fields: Partial<Record<'team' | 'profile' | 'from' | 'until', Field | undefined>>,
) {
  const day = (at: Field | undefined) =>
    at?.text((text) => (isLocalDate(text) ? text : undefined), 'a date such as 2026-07-01');
  const word = (at: Field | undefined) =>
    at?.text((text) => (text.trim() === '' ? undefined : text), 'a name');
  const { team, profile, from, until } = fields;
  return { team: word(team), profile: word(profile), from: day(from), until: day(until) };
}

/** A number of clients, or several by weight (D11, D14, E39). */
function readLoad(at: YamlCursor) {
  if (at.isText()) {
    const clients = readCount(at);
    return clients === undefined
      ? undefined
      : { clients, loadThousandths: clients * STANDARD_WEIGHT };
  }
  const parts = readList(at, (item) => {
    const fields = item.fields(['clients', 'weight'], ['what']);
    return whole({
      clients: readCount(fields.clients),
      weightThousandths: readThousandths(fields.weight),
    });
  });
  const clients = parts.reduce((sum, part) => sum + part.clients, 0);
  return { clients, loadThousandths: weightedLoad(parts) };
}

function readTask(at: YamlCursor) {
  const fields = at.fields(['name', 'hours']);
  return whole({ name: readName(fields.name), minutes: readHours(fields.hours) });
}

function readExempt(at: Field) {
  return at.text((text) => {
    const match = /^([0-7]) of ([1-7])$/.exec(text);
    const [days, of] = [Number(match?.[1]), Number(match?.[2])];
    return match !== null && days <= of ? { days, of } : undefined;
  }, 'days of the working week, such as 1 of 5');
}

function readReason(at: YamlCursor): BandReason | undefined {
  const known = (text: string): text is BandReason => Object.hasOwn(BAND_REASONS, text);
  const codes = Object.keys(BAND_REASONS).join(', ');
  return at.text((text) => (known(text) ? text : undefined), `one of ${codes}`);
}

function readBand(at: YamlCursor): readonly [string, Band] | undefined {
  const fields = at.fields(['profile', 'min', 'max']);
  const read = whole({
    profile: readName(fields.profile),
    min: readThousandths(fields.min),
    max: readThousandths(fields.max),
  });
  if (read === undefined) return undefined;
  if (read.min > read.max) return fields.max.expected('a number not below min');
  return [read.profile, { min: ratio(read.min, 1000), max: ratio(read.max, 1000) }];
}
