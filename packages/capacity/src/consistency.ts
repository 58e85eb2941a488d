import { decimals, ratio } from './ratio.ts';

/** What a document says of a person, in one of its tables. */
export type Statement = {
  readonly source: string;
  readonly name: string;
  /** Contract minutes a week. */
  readonly minutes: number | undefined;
  readonly clients: number | undefined;
  /** The number that the document wants this person to have. */
  readonly target: number | undefined;
};

/** A sum that a document states, and the figures that should make it. */
export type StatedSum = {
  readonly what: string;
  readonly parts: readonly number[];
  readonly stated: number;
};

/** A number of clients with the filters that were on when it was counted (C05). */
export type Population = {
  readonly what: string;
  readonly clients: number;
  readonly filters: string;
};

export type Sources = {
  readonly statements: readonly Statement[];
  /** People whom the text names. */
  readonly mentioned: readonly string[];
  readonly sums: readonly StatedSum[];
  readonly populations: readonly Population[];
};

export type Finding = {
  readonly code:
    | 'HOURS_DIFFER'
    | 'CLIENTS_DIFFER'
    | 'NAMES_ALIKE'
    | 'NAME_IN_NO_TABLE'
    | 'SUM_DIFFERS'
    | 'POPULATIONS_DIFFER';
  readonly about: string;
  readonly message: string;
};

/**
 * What a document says in two ways, or adds up to something else (T08; requirements section 6, 14).
 * Everything is reported and nothing is corrected: which of two figures is right, only the people
 * know who wrote them.
 */
export function checkConsistency(sources: Sources): readonly Finding[] {
  const people = [...Map.groupBy(sources.statements, ({ name }) => name)];
  return [
    ...people.flatMap(([name, said]) => differingHours(name, said)),
    ...people.flatMap(([name, said]) => differingClients(name, said)),
    ...namesAlike(people.map(([name]) => name)),
    ...inNoTable(sources),
    ...sources.sums.flatMap(sumDiffers),
    ...populationsDiffer(sources.populations),
  ];
}

/** The difference between the stated sum and its parts, if there is one (T08, T15, T16, E08). */
export function sumDiffers({ what, parts, stated }: StatedSum): readonly Finding[] {
  const sum = parts.reduce((all, n) => all + n, 0);
  if (sum === stated) return [];
  const message = `${parts.join(' + ')} = ${sum}, and ${stated} is stated: ${signed(sum - stated)}`;
  return [{ code: 'SUM_DIFFERS', about: what, message }];
}

function differingHours(name: string, said: readonly Statement[]): readonly Finding[] {
  const hours = said.filter(({ minutes }) => minutes !== undefined);
  if (new Set(hours.map(({ minutes }) => minutes)).size < 2) return [];
  const message = hours
    .map(({ minutes, source }) => `${decimals(ratio(minutes ?? 0, 60), 1)} hours in ${source}`)
    .join(', ');
  return [{ code: 'HOURS_DIFFER', about: name, message }];
}

function differingClients(name: string, said: readonly Statement[]): readonly Finding[] {
  const counts = said.filter(({ clients }) => clients !== undefined);
  if (new Set(counts.map(({ clients }) => clients)).size < 2) return [];
  const message = counts.map(({ clients, source }) => {
    const meant = said.find((other) => other.source !== source && other.target === clients);
    const hint = meant === undefined ? '' : ` (the target in ${meant.source})`;
    return `${clients} clients in ${source}${hint}`;
  });
  return [{ code: 'CLIENTS_DIFFER', about: name, message: message.join(', ') }];
}

function namesAlike(names: readonly string[]): readonly Finding[] {
  return names.flatMap((name, i) =>
    names
      .slice(i + 1)
      .filter((other) => oneLetterApart(name, other))
      .map((other): Finding => {
        const message = `${name} and ${other} may be one person`;
        return { code: 'NAMES_ALIKE', about: name, message };
      }),
  );
}

/** Whether one letter more, less or other makes the one name of the other. */
function oneLetterApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  const skipped = short.length === long.length ? same + 1 : same;
  return short.slice(skipped) === long.slice(same + 1);
}

function inNoTable({ statements, mentioned }: Sources): readonly Finding[] {
  return mentioned
    .filter((name) => !statements.some((statement) => statement.name === name))
    .map((name) => ({
      code: 'NAME_IN_NO_TABLE',
      about: name,
      message: 'is in the text and in no table: hours and clients are not known',
    }));
}

function populationsDiffer(populations: readonly Population[]): readonly Finding[] {
  if (new Set(populations.map(({ clients }) => clients)).size < 2) return [];
  const message = populations
    .map(({ what, clients, filters }) => `${clients} ${what} (${filters})`)
    .join('; ');
  return [{ code: 'POPULATIONS_DIFFER', about: 'clients', message }];
}

const signed = (n: number): string => (n > 0 ? `+${n}` : String(n));
