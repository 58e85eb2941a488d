import type { Summary } from './summary.ts';

/** One number of a summary, by which scenarios are compared. */
export type Figure = {
  readonly name: string;
  /** Undefined: there is nothing to measure. */
  readonly value: number | undefined;
  /** How many decimals say something. */
  readonly decimals: 0 | 2 | 3;
};

export type ComparedFigure = {
  readonly name: string;
  readonly decimals: Figure['decimals'];
  /** One for each scenario; undefined where there is nothing to measure. */
  readonly values: readonly (number | undefined)[];
  /** Of each scenario but the first: its value less that of the first. */
  readonly differences: readonly (number | undefined)[];
};

/** The figures of a summary in the order in which they are shown. */
export function figuresOf(summary: Summary): readonly Figure[] {
  const { cases, bands, meerwettig, bases, journeys } = summary;
  const count = (name: string, value: number): Figure => ({ name, value, decimals: 0 });
  const measure = (name: string, value: number | undefined, decimals: 2 | 3): Figure => {
    return { name, value, decimals };
  };
  return [
    count('cases assigned', cases.assigned),
    count('cases parked', cases.parked),
    ...summary.parked.map((it) => count(`cases parked ${it.code}`, it.cases)),
    count('cases refused', cases.refused),
    ...summary.rules.map(({ rule, cases: own }) => count(`cases by rule ${rule}`, own)),
    ...summary.characters.map((it) => count(`cases, area ${it.name}`, it.cases)),
    count('clients', summary.clients),
    count('journeys', journeys.begun),
    measure('teams per journey, mean', journeys.teamsMean, 3),
    count('teams per journey, most', journeys.teamsMax),
    count(
      'handovers',
      summary.handovers.reduce((sum, { clients }) => sum + clients, 0),
    ),
    ...summary.handovers.map(({ cause, clients }) => count(`handovers ${cause}`, clients)),
    ...summary.partners.flatMap(({ group, area, pairs, pairsPerTeam }) => {
      const of = area === 'all' ? group : `${group}, ${area}`;
      return [
        count(`partner pairs ${of}`, pairs),
        measure(`partner pairs per team ${of}`, pairsPerTeam, 2),
      ];
    }),
    measure('diversity of cases per team', summary.diversity, 3),
    ...summary.spread.map(({ basis, evenness }) =>
      measure(`spread of a neighbourhood ${basis}`, evenness, 3),
    ),
    count('teams under their band', bands.under),
    count('teams within their band', bands.within),
    count('teams over their band', bands.over),
    count('teams with ZW alone', summary.zwOnly.length),
    measure('share of teams meerwettig', shareOf(meerwettig), 2),
    ...Object.entries(bases).map(([basis, offices]) => count(`offices on ${basis}`, offices)),
    ...summary.exclusions.map(({ id, placed, parked }) =>
      count(`cases excluded ${id}`, placed + parked),
    ),
  ];
}

function shareOf({ meerwettig, of }: Summary['meerwettig']): number | undefined {
  return of === 0 ? undefined : meerwettig / of;
}

/** Figure beside figure, by name. A count that a scenario does not have is nought. */
export function compareFigures(summaries: readonly Summary[]): readonly ComparedFigure[] {
  const all = summaries.map((summary) => figuresOf(summary));
  return inOrder(all).map(({ name, decimals }) => {
    const missing = decimals === 0 ? 0 : undefined;
    const values = all.map((own) => own.find((it) => it.name === name)?.value ?? missing);
    const [first, ...rest] = values;
    const differences = rest.map((value) =>
      first === undefined || value === undefined ? undefined : value - first,
    );
    return { name, decimals, values, differences };
  });
}

/** The figures of all, each once; one that only a later list has stands behind its neighbour there. */
function inOrder(all: readonly (readonly Figure[])[]): readonly Figure[] {
  const found: Figure[] = [];
  for (const figures of all) {
    let place = 0;
    for (const figure of figures) {
      const known = found.findIndex(({ name }) => name === figure.name);
      if (known < 0) found.splice(place, 0, figure);
      place = known < 0 ? place + 1 : known + 1;
    }
  }
  return found;
}
