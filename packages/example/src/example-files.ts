/** The example's demarcation folders as texts: what stands in `packages/example/demarcation`. */
import {
  EXCEPTIONS,
  exampleVersions,
  PARTICIPATIEWET_TEAM,
  type ExampleVersion,
  type PlannedOffice,
} from './example-versions.ts';
import type { ExampleTeam } from './example-teams.ts';
import { DISTRICTS, LAWS, OFFICES, PRODUCTS, RAYONS } from './offices.ts';
import { BORDERS, REGIONS } from './regions.ts';

const INVENTED =
  '# Voorbeeldinrichting: an invented arrangement. No office, team or border here is real.\n';

/** All files by their path below the folder `demarcation`; the same texts each time. */
export function exampleFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const version of exampleVersions()) {
    const put = (file: string, text: string) =>
      files.set(`${version.version}/${file}`, INVENTED + text);
    put('demarcation.yaml', organisation(version));
    put('postcodes.csv', postcodes(version));
    for (const office of version.offices) put(`offices/${office.id}.yaml`, officeFile(office));
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
  journeyEndMonths: 6
  routes:
    postbus: park
    foreign: { office: den-haag }
    secret: park
    none: park

laws: [${LAWS.join(', ')}]
products: [${PRODUCTS.join(', ')}]
participatiewet: { team: ${PARTICIPATIEWET_TEAM} }

districts:
${DISTRICTS.map(named).join('\n')}

arbeidsmarktregios:
${REGIONS.map(({ id, name }) => named([id, name])).join('\n')}

rayons:
${RAYONS.map(named).join('\n')}

werkbedrijfOffices:
${werkbedrijf.join('\n')}

exceptions:
  - { rule: A07, of: noord, reason: Noord is connected to more arbeidsmarktregio's, decision: ${version.decisionReference} }
  - { rule: A07, of: utrecht, reason: Utrecht is connected to more arbeidsmarktregio's, decision: ${version.decisionReference} }
`;
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
    ...list('postcodes', team.postcodes),
    ...list('bsn', team.bsn),
  ].join('\n');
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
