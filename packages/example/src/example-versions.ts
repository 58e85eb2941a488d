/**
 * The two versions of the example. The second differs where real ones do: an office that switches
 * its basis on a day of its own (A21), teams that end and are followed up, a border that moves.
 */
import type { Basis } from '@smc/domain';
import { teamsOf, piecesOf, type ExampleTeam } from './example-teams.ts';
import { LAWS, OFFICES, type ExampleOffice } from './offices.ts';
import { randomOf } from './random.ts';

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
      teams: teamsOf(office, random),
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

function withSpecials(office: PlannedOffice): PlannedOffice {
  if (office.id === 'zwolle') {
    const withException = edit(office, 'zwolle-2', addPostcodes('7933TA-7933TZ'));
    return edit(withException, 'zwolle-3', addPostcodes('8011AA-8011KZ'));
  }
  if (office.id === 'utrecht') return withParticipatiewet(office);
  if (office.id !== 'arnhem') return office;
  const laws = LAWS.filter((law) => law !== 'PW');
  return {
    ...office,
    teams: [
      ...office.teams.map((team) => ({ ...team, laws })),
      {
        id: 'arnhem-pw',
        name: 'Arnhem Participatiewet',
        from: '2024-04-01',
        laws: ['PW'],
        postcodes: office.teams.flatMap((team) => team.postcodes ?? []),
      },
    ],
  };
}

/** The one SMC for clients of the Participatiewet (B06); which office has it is invented. */
export const PARTICIPATIEWET_TEAM = 'utrecht-pw';

function withParticipatiewet(office: PlannedOffice): PlannedOffice {
  const team: ExampleTeam = {
    id: PARTICIPATIEWET_TEAM,
    name: 'Utrecht Participatiewet',
    from: '2019-01-01',
    profile: 'participatiewet',
  };
  return { ...office, teams: [...office.teams, team] };
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
