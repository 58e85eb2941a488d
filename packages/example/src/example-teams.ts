/** The teams of an example office: as many as its people ask for, each inside one region (B01). */
import type { ExampleOffice } from './offices.ts';
import type { Random } from './random.ts';
import { REGIONS, stretchesOf } from './regions.ts';

export type ExampleTeam = {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly until?: string;
  readonly profile?: 'participatiewet' | 'special-group';
  readonly laws?: readonly string[];
  readonly lines?: readonly string[];
  readonly capacity: readonly ExampleHours[];
  readonly band: string;
  readonly postcodes?: readonly string[];
  readonly bsn?: readonly string[];
};

/** Hours a week of one role, as they are written. */
export type ExampleHours = {
  readonly from: string;
  readonly until?: string;
  readonly role: string;
  readonly hours: number;
  readonly sideTasks?: readonly (readonly [name: string, hours: number])[];
  readonly exemptDays?: number;
};

/** Gives about 150 teams in the country. */
const PEOPLE_PER_TEAM = 76;
const FIRST_DAYS = ['2019-01-01', '2021-01-01', '2023-07-01', '2024-04-01', '2025-01-01'] as const;

export function teamsOf(office: ExampleOffice, random: Random): readonly ExampleTeam[] {
  const pieces = office.regions.flatMap((id) => {
    const people = REGIONS.find((region) => region.id === id)?.people ?? 0;
    return piecesOf(id, Math.max(1, Math.round(people / PEOPLE_PER_TEAM)), random);
  });
  return pieces.map((postcodes, i) => ({
    ...madeUp(random),
    id: `${office.id}-${i + 1}`,
    name: `${office.name} ${i + 1}`,
    laws: ['ZW', 'WIA'],
    ...(office.basis === 'postcode' ? { postcodes } : {}),
    ...(office.basis === 'bsn' ? { bsn: [suffixes(i, pieces.length)] } : {}),
  }));
}

/** The team of a PW SMC or a special group: it is reached by its rule alone. */
export function specialTeam(
  office: ExampleOffice,
  about: {
    readonly id: string;
    readonly name: string;
    readonly profile: 'participatiewet' | 'special-group';
  },
  random: Random,
): ExampleTeam {
  const { id, name, profile } = about;
  const team = { ...madeUp(random), id: `${office.id}-${id}`, name: `${office.name} ${name}` };
  return { ...team, profile, band: profile === 'participatiewet' ? 'participatiewet' : 'smc' };
}

function madeUp(random: Random): Pick<ExampleTeam, 'from' | 'capacity' | 'band'> {
  const from = random.pick(FIRST_DAYS);
  const hours = (least: number) => least + 4 * random.below(10);
  return {
    from,
    band: 'smc',
    capacity: [
      { from, role: 'verzekeringsarts', hours: hours(64) },
      {
        from,
        role: 'arbeidsdeskundige',
        hours: hours(72),
        ...(random.chance(0.3) ? { sideTasks: [['bedrijfsplekonderzoek', 8] as const] } : {}),
      },
      {
        from,
        role: 'procesbegeleider',
        hours: hours(64),
        ...(random.chance(0.2) ? { exemptDays: 1 } : {}),
      },
    ],
  };
}

/** A region's four digits in so many pieces of about the same length, cut at tens. */
export function piecesOf(region: string, count: number, random: Random): readonly string[][] {
  const all = stretchesOf(region).flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i),
  );
  const cuts = Array.from({ length: count - 1 }, (_, i) => {
    const even = ((i + 1) * all.length) / count;
    const jitter = (random.next() - 0.5) * (all.length / count) * 0.3;
    return Math.round((even + jitter) / 10) * 10;
  });
  return [0, ...cuts].map((start, i) => runs(all.slice(start, cuts[i] ?? all.length)));
}

function runs(numbers: readonly number[]): string[] {
  const found: string[] = [];
  for (let i = 0; i < numbers.length;) {
    const first = numbers[i] ?? 0;
    let last = first;
    for (i++; numbers[i] === last + 1; i++) last++;
    found.push(first === last ? `${first}` : `${first}-${last}`);
  }
  return found;
}

function suffixes(index: number, count: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const begin = (i: number) => Math.round((i * 100) / count);
  return `${two(begin(index))}-${two(begin(index + 1) - 1)}`;
}
