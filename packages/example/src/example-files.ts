/** The example's demarcation folders as texts: what stands in `packages/example/demarcation`. */
import {
  EXCEPTIONS,
  exampleVersions,
  type ExampleVersion,
  type PlannedOffice,
} from './example-versions.ts';
import { DEFAULT_PRECEDENCE } from '@smc/decision';
import type { ExampleHours, ExampleTeam } from './example-teams.ts';
import {
  DISTRICTS,
  EMPLOYMENTS,
  LAWS,
  OFFICES,
  PRODUCTS,
  PW_SMCS,
  RAYONS,
  RURAL_REGIONS,
  SPECIAL_GROUPS,
} from './offices.ts';
import { BORDERS, REGIONS } from './regions.ts';

const INVENTED =
  '# Voorbeeldinrichting: an invented arrangement. No office, team or border here is real.\n';

/** Editors complete and check these files by them, while one types. */
const SCHEMA = '# yaml-language-server: $schema=../../../../schemas/demarcation.schema.json\n';
const OFFICE_SCHEMA =
  '# yaml-language-server: $schema=../../../../../schemas/demarcation-office.schema.json\n';

/** All files by their path below the folder `demarcation`; the same texts each time. */
export function exampleFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const version of exampleVersions()) {
    const put = (file: string, text: string) =>
      files.set(`${version.version}/${file}`, INVENTED + text);
    put('demarcation.yaml', SCHEMA + organisation(version));
    put('postcodes.csv', postcodes(version));
    for (const office of version.offices)
      put(`offices/${office.id}.yaml`, OFFICE_SCHEMA + officeFile(office));
  }
  return files;
}

function organisation(version: ExampleVersion): string {
  const named = ([id, name]: readonly [string, string, ...unknown[]]) =>
    `  - { id: ${id}, name: ${name} }`;
  const regionName = (id: string) => REGIONS.find((region) => region.id === id)?.name ?? id;
  const werkbedrijf = RAYONS.flatMap(([rayon, , regions]) =>
    regions.map((regio) => {
      const id = `wb-${regio.toLowerCase()}`;
      const name = `Werkbedrijf ${regionName(regio)}`;
      return `  - { id: ${id}, name: ${name}, rayon: ${rayon}, arbeidsmarktregio: ${regio} }`;
    }),
  );
  return `version: ${version.version}
effectiveFrom: ${version.effectiveFrom}
decisionReference: ${version.decisionReference}
description: >-
  Voorbeeldinrichting. Invented for tests and demonstrations: the numbers of offices and districts
  follow the sources, everything else is made up.

settings:
  precedence: [${DEFAULT_PRECEDENCE.join(', ')}]
  onMove: keep-team
  journeyEndMonths: 6
  routes:
    postbus: park
    foreign: { office: den-haag }
    secret: park
    none: park

laws: [${LAWS.join(', ')}]
products: [${PRODUCTS.join(', ')}]
employments: [${EMPLOYMENTS.join(', ')}]

lines: [vangnet, werkgever]
lineTable:
${LAWS.flatMap((law) => EMPLOYMENTS.map((employment) => lineOf(law, employment))).join('\n')}

# A client is one of the Participatiewet by the benefit, not by the law of a case.
byHand:
  - laws: [PW]
    reason: A PW case of a client who receives no benefit and is not in the naloop

participatiewet:
  naloopMonths: 12
  team: ${PW_SMCS[0]?.[0] ?? ''}-pw
  byOffice:
${pwByOffice().join('\n')}

# INVENTED: the sources name three groups and three offices, and not which goes with which.
specialGroups:
${SPECIAL_GROUPS.map(([group, at]) => `  - { group: ${group}, team: ${at}-${group} }`).join('\n')}

exclusions:
  - { id: statushouders-2026, group: statushouder, until: 2027-01-01, reason: A project of its own until the end of 2026 }

weights:
  products: { deskundigenoordeel: 0.5, riv-beoordeling: 0.5, monitoring-80-100: 0.25, herbeoordeling: 0.75 }
  categories: { werk: 1, ontwikkel: 1.25, zorg: 0.5 }
  idle: 0.15

normTimes: { zw-beoordeling: 240, wia-beoordeling: 480, wia-aanvraag: 600, monitoring-80-100: 60, herbeoordeling: 360, deskundigenoordeel: 180, riv-beoordeling: 120, pw-aanvraag: 300, pw-verzoek: 120 }

bands:
  smc: { min: 0.5, max: 3 }
  participatiewet: { min: 0.25, max: 2 }

roleFloors:
  - { role: verzekeringsarts, hours: 32 }
  - { role: procesbegeleider, hours: 24 }

districts:
${DISTRICTS.map(named).join('\n')}

arbeidsmarktregios:
${REGIONS.map(region).join('\n')}

rayons:
${RAYONS.map(named).join('\n')}

werkbedrijfOffices:
${werkbedrijf.join('\n')}

exceptions:
  - { rule: A07, of: noord, reason: Noord is connected to more arbeidsmarktregio's, decision: ${version.decisionReference} }
  - { rule: A07, of: utrecht, reason: Utrecht is connected to more arbeidsmarktregio's, decision: ${version.decisionReference} }
`;
}

function region({ id, name }: (typeof REGIONS)[number]): string {
  const character = RURAL_REGIONS.includes(id) ? 'rural' : 'urban';
  return `  - { id: ${id}, name: ${name}, character: ${character} }`;
}

/** Permanent employment, now or before, is the employer's line; all else the safety net's (B12). */
function lineOf(law: string, employment: string): string {
  const line = ['vast-dienstverband', 'ex-werkgever'].includes(employment)
    ? 'werkgever'
    : 'vangnet';
  return `  - { law: ${law}, employment: ${employment}, line: ${line} }`;
}

function pwByOffice(): readonly string[] {
  return PW_SMCS.slice(1).flatMap(([at, districts]) =>
    OFFICES.filter(({ district }) => districts.includes(district)).map(
      ({ id }) => `    ${id}: ${at}-pw`,
    ),
  );
}

function officeFile(office: PlannedOffice): string {
  const bases = office.bases.map(({ from, basis }) => `  - { from: ${from}, basis: ${basis} }`);
  return `id: ${office.id}
name: ${office.name}
district: ${office.district}
bases:
${bases.join('\n')}
teams:
${office.teams.map(teamLines).join('\n')}
${neighbourhoodLines(office)}`;
}

function neighbourhoodLines({ neighbourhood }: PlannedOffice): string {
  if (neighbourhood === undefined) return '';
  const { id, name, postcodes, teams } = neighbourhood;
  const reason = 'The office stands in the middle of it: clients should not meet one team only';
  return `sharedRanges:
  - postcodes: [${postcodes}]
    teams: [${teams.join(', ')}]
    reason: ${name} is divided over two teams
sensitiveNeighbourhoods:
  - id: ${id}
    name: ${name}
    postcodes: [${postcodes}]
    reason: >-
      ${reason}
`;
}

function teamLines(team: ExampleTeam): string {
  const list = (name: string, items: readonly string[] | undefined) =>
    items === undefined ? [] : [`    ${name}: [${items.join(', ')}]`];
  return [
    `  - id: ${team.id}`,
    `    name: ${team.name}`,
    `    from: ${team.from}`,
    ...(team.until === undefined ? [] : [`    until: ${team.until}`]),
    ...(team.profile === undefined ? [] : [`    profile: ${team.profile}`]),
    ...(team.laws === undefined ? ['    laws: all'] : list('laws', team.laws)),
    '    products: all',
    ...list('lines', team.lines),
    ...list('postcodes', team.postcodes),
    ...list('bsn', team.bsn),
    `    band: ${team.band}`,
    '    capacity:',
    ...team.capacity.map(hoursLine),
  ].join('\n');
}

function hoursLine({ from, until, role, hours, sideTasks, exemptDays }: ExampleHours): string {
  const tasks = sideTasks?.map(([name, taken]) => `{ name: ${name}, hours: ${taken} }`).join(', ');
  const parts = [
    `from: ${from}`,
    ...(until === undefined ? [] : [`until: ${until}`]),
    `role: ${role}`,
    `hours: ${hours}`,
    ...(tasks === undefined ? [] : [`sideTasks: [${tasks}]`]),
    ...(exemptDays === undefined ? [] : [`exemptDays: ${exemptDays}`]),
  ];
  return `      - { ${parts.join(', ')} }`;
}

function postcodes(version: ExampleVersion): string {
  const officeOf = (region: string) =>
    OFFICES.find((office) => office.regions.includes(region))?.id ?? '';
  const line = (range: string, region: string) => `${range},${officeOf(region)},${region}`;
  const stretches = BORDERS.flatMap(([from, region], i) => {
    const to = (BORDERS[i + 1]?.[0] ?? 10_000) - 1;
    const moved = version.moved.filter((border) => border.from >= from && border.to <= to);
    const [cut] = moved;
    if (cut === undefined) return [{ from, to, region }];
    return [{ from, to: cut.from - 1, region }, cut, { from: cut.to + 1, to, region }].filter(
      (stretch) => stretch.from <= stretch.to,
    );
  });
  return [
    'postcodes,office,arbeidsmarktregio',
    ...stretches.map(({ from, to, region }) => line(`${from}-${to}`, region)),
    ...EXCEPTIONS.map((exception) => line(exception.postcodes, exception.region)),
    '',
  ].join('\n');
}
