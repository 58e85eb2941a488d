/**
 * The two versions of the example. The second differs where real ones do: an office that switches
 * its basis on a day of its own (A21), teams that end and are followed up, a border that moves.
 */
import type { Basis } from '@smc/domain';
import { piecesOf, specialTeam, teamsOf, type ExampleTeam } from './example-teams.ts';
import { OFFICES, PW_SMCS, SPECIAL_GROUPS, type ExampleOffice } from './offices.ts';
import { randomOf, type Random } from './random.ts';

export type ExampleVersion = {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly decisionReference: string;
  readonly offices: readonly PlannedOffice[];
  /** Four digits that belong to another region than `BORDERS` says. */
  readonly moved: readonly MovedBorder[];
};

export type PlannedOffice = ExampleOffice & {
  readonly bases: readonly { readonly from: string; readonly basis: Basis }[];
  readonly teams: readonly ExampleTeam[];
  /** Postcodes that teams share because one neighbourhood is too close for one team (A17, B32). */
  readonly neighbourhood?: {
    readonly id: string;
    readonly name: string;
    readonly postcodes: string;
    readonly teams: readonly string[];
  };
};

export type MovedBorder = { readonly from: number; readonly to: number; readonly region: string };

/** Whole postcodes that belong elsewhere than their four digits: a farm road near the border. */
export const EXCEPTIONS: readonly { readonly postcodes: string; readonly region: string }[] = [
  { postcodes: '7933TA-7933TZ', region: 'AM36' },
];

const SEED = 20260101;

export function exampleVersions(): readonly [ExampleVersion, ExampleVersion] {
  const random = randomOf(SEED);
  const offices = OFFICES.map((office) =>
    withSpecials({
      ...office,
      bases: [
        { from: random.pick(['2019-01-01', '2023-07-01', '2025-01-01']), basis: office.basis },
      ],
      teams: [...teamsOf(office, random), ...specialTeamsOf(office, random)],
    }),
  );
  const first: ExampleVersion = {
    version: '2026-01',
    effectiveFrom: '2026-01-01',
    decisionReference: 'Voorbeeldbesluit 2025-11',
    offices,
    moved: [],
  };
  return [first, secondVersion(first)];
}

function secondVersion(first: ExampleVersion): ExampleVersion {
  const change: Readonly<Record<string, (office: PlannedOffice) => PlannedOffice>> = {
    leiden: switchToPostcode,
    breda: (office) => followUp(office, { team: 'breda-3', by: 'breda-7', from: '2026-08-01' }),
    tilburg: (office) =>
      followUp(office, { team: 'tilburg-4', by: 'tilburg-5', from: '2026-10-01' }),
    // The moved four digits go to the office's first team in that region.
    utrecht: (office) => edit(office, 'utrecht-9', addPostcodes('3770-3779')),
  };
  return {
    version: '2026-07',
    effectiveFrom: '2026-07-01',
    decisionReference: 'Voorbeeldbesluit 2026-05',
    offices: first.offices.map((office) => change[office.id]?.(office) ?? office),
    moved: [{ from: 3770, to: 3779, region: 'AM14' }],
  };
}

function specialTeamsOf(office: ExampleOffice, random: Random): readonly ExampleTeam[] {
  const pw = PW_SMCS.some(([id]) => id === office.id)
    ? [{ id: 'pw', name: 'Participatiewet', profile: 'participatiewet' } as const]
    : [];
  const groups = SPECIAL_GROUPS.filter(([, id]) => id === office.id).map(
    ([group, , name]) => ({ id: group, name, profile: 'special-group' }) as const,
  );
  return [...pw, ...groups].map((about) => specialTeam(office, about, random));
}

function withSpecials(office: PlannedOffice): PlannedOffice {
  switch (office.id) {
    case 'zwolle': {
      const withException = edit(office, 'zwolle-2', addPostcodes('7933TA-7933TZ'));
      return edit(withException, 'zwolle-3', addPostcodes('8011AA-8011KZ'));
    }
    case 'utrecht':
      return shareNeighbourhood(office, {
        id: 'voorbeeldwijk',
        name: 'Voorbeeldwijk',
        postcodes: '3560-3564',
      });
    case 'heerlen':
      return shareNeighbourhood(office, {
        id: 'mijnbuurt',
        name: 'Mijnbuurt',
        postcodes: '6415-6417',
      });
    case 'doetinchem':
      return splitByLine(office);
    default:
      return office;
  }
}

/** The team that has the postcodes shares them with the office's first other team. */
function shareNeighbourhood(
  office: PlannedOffice,
  about: Omit<NonNullable<PlannedOffice['neighbourhood']>, 'teams'>,
): PlannedOffice {
  const [from = 0, to = 0] = about.postcodes.split('-').map(Number);
  const owner = office.teams.find(({ postcodes = [] }) =>
    postcodes.some((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return first <= from && to <= last;
    }),
  );
  const other = office.teams.find((team) => team !== owner && team.profile === undefined);
  if (owner === undefined || other === undefined) throw new RangeError(`none has ${about.id}`);
  const shared = edit(office, other.id, addPostcodes(about.postcodes));
  return { ...shared, neighbourhood: { ...about, teams: [owner.id, other.id].toSorted() } };
}

/** Both teams serve the whole office, each for its own line (B03, B13). */
function splitByLine(office: PlannedOffice): PlannedOffice {
  const [first, second, ...others] = office.teams;
  if (first === undefined || second === undefined || others.length > 0) {
    throw new RangeError(`${office.id} was to have two teams`);
  }
  const postcodes = [...(first.postcodes ?? []), ...(second.postcodes ?? [])];
  return {
    ...office,
    teams: [
      { ...first, postcodes, lines: ['vangnet'] },
      { ...second, postcodes, lines: ['werkgever'] },
    ],
  };
}

function switchToPostcode(office: PlannedOffice): PlannedOffice {
  const pieces = piecesOf('AM19', office.teams.length, randomOf(SEED + 1));
  return {
    ...office,
    bases: [...office.bases, { from: '2026-09-01', basis: 'postcode' }],
    teams: office.teams.map((team, i) => ({ ...team, postcodes: pieces[i] ?? [] })),
  };
}

function followUp(
  office: PlannedOffice,
  by: { readonly team: string; readonly by: string; readonly from: string },
): PlannedOffice {
  const ending = office.teams.find((team) => team.id === by.team);
  if (ending === undefined) throw new RangeError(`no team ${by.team}`);
  const successor = {
    ...ending,
    id: by.by,
    name: `${office.name} ${by.by.split('-').at(-1)}`,
    from: by.from,
  };
  const edited = edit(office, by.team, (team) => ({ ...team, until: by.from }));
  return { ...edited, teams: [...edited.teams, successor] };
}

function addPostcodes(...ranges: readonly string[]) {
  return (team: ExampleTeam) => ({ ...team, postcodes: [...(team.postcodes ?? []), ...ranges] });
}

function edit(
  office: PlannedOffice,
  id: string,
  change: (team: ExampleTeam) => ExampleTeam,
): PlannedOffice {
  if (!office.teams.some((team) => team.id === id)) throw new RangeError(`no team ${id}`);
  return { ...office, teams: office.teams.map((team) => (team.id === id ? change(team) : team)) };
}
