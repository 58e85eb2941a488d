/** Every id that a document mentions exists, and exists once. */
import type { TeamId } from '@smc/domain';
import type { Competence } from '@smc/decision';
import type { OfficeDocument, Organisation } from '../document.ts';
import { POSTCODE_FILE, type PostcodeClaim } from '../postcode-csv.ts';
import type { Problems } from '../problem.ts';
import type { ReadDocument } from './proof.ts';

export function checkReferences(document: ReadDocument, problems: Problems): void {
  const names = namesOf(document, problems);
  const { organisation, offices } = document;
  checkOrganisation(organisation, names);
  checkGroups(organisation, names);
  for (const office of offices) checkOffice(office, names);
  checkClaims(document.claims, names, problems);
}

type Names = {
  readonly districts: Ids;
  readonly regions: Ids;
  readonly rayons: Ids;
  readonly offices: Ids;
  readonly teams: Ids;
  readonly laws: Ids;
  readonly products: Ids;
  readonly employments: Ids;
  readonly lines: Ids;
  readonly bands: Ids;
  readonly known: (ids: Ids, item: object, field: string, ...named: readonly string[]) => void;
};
type Ids = ReadonlySet<string>;

function namesOf({ organisation, offices }: ReadDocument, problems: Problems): Names {
  const unique = (items: readonly { readonly id: string }[]) => uniqueIds(items, problems);
  const codes = (name: 'laws' | 'products' | 'employments' | 'lines') => {
    const own = new Set(organisation[name]);
    if (own.size < organisation[name].length) {
      problems.about(organisation, name, 'a code occurs twice', 'FORM-TWICE');
    }
    return own;
  };
  for (const name of ['laws', 'products'] as const) {
    if (organisation[name].length > 0) continue;
    problems.about(organisation, name, 'expected at least one code');
  }
  unique(organisation.werkbedrijfOffices);
  unique(organisation.exclusions);
  unique(organisation.classifications);
  unique(organisation.arbeidsmarktregios.flatMap((regio) => regio.municipalities));
  unique(offices.flatMap((office) => office.sensitiveNeighbourhoods));
  return {
    districts: unique(organisation.districts),
    regions: unique(organisation.arbeidsmarktregios),
    rayons: unique(organisation.rayons),
    offices: unique(offices),
    teams: unique(offices.flatMap((office) => office.teams)),
    laws: codes('laws'),
    products: codes('products'),
    employments: codes('employments'),
    lines: codes('lines'),
    bands: new Set(organisation.bands.keys()),
    known(ids, item, field, ...named) {
      for (const id of named) {
        if (ids.has(id)) continue;
        problems.about(item, field, `${id} does not exist in this document`, 'FORM-UNKNOWN');
      }
    },
  };
}

function uniqueIds(items: readonly { readonly id: string }[], problems: Problems): Ids {
  const ids = new Set<string>();
  for (const item of items) {
    if (ids.has(item.id)) problems.about(item, 'id', `${item.id} occurs twice`, 'FORM-TWICE');
    ids.add(item.id);
  }
  return ids;
}

function checkOrganisation(organisation: Organisation, names: Names): void {
  const { known } = names;
  for (const office of organisation.werkbedrijfOffices) {
    known(names.rayons, office, 'rayon', office.rayon);
    known(names.regions, office, 'arbeidsmarktregio', office.arbeidsmarktregio);
  }
  const { routes } = organisation.settings;
  for (const [kind, route] of Object.entries(routes)) {
    if (route.kind === 'office') known(names.offices, routes, kind, route.office);
  }
  for (const exception of organisation.exceptions) {
    const ids = { A06: names.regions, A07: names.offices, B01: names.teams }[exception.rule];
    known(ids, exception, 'of', exception.of);
  }
  for (const row of organisation.lineTable) {
    known(names.laws, row, 'law', row.law);
    known(names.employments, row, 'employment', row.employment);
    known(names.lines, row, 'line', row.line);
  }
  for (const row of organisation.byHand) {
    checkCodes(row, names);
    if (row.offices !== 'all') known(names.offices, row, 'offices', ...row.offices);
  }
  const { weights, normTimes } = organisation;
  for (const map of [weights.products, normTimes]) {
    for (const product of map.keys()) known(names.products, map, product, product);
  }
}

function checkGroups(organisation: Organisation, { known, teams, offices }: Names): void {
  const { participatiewet, specialGroups, exclusions } = organisation;
  if (participatiewet !== undefined) {
    const { byOffice } = participatiewet;
    known(teams, participatiewet, 'team', participatiewet.team);
    for (const [office, team] of byOffice) {
      known(offices, byOffice, office, office);
      known(teams, byOffice, office, team);
    }
  }
  const named: readonly { readonly team: TeamId | undefined }[] = [...specialGroups, ...exclusions];
  for (const item of named) if (item.team !== undefined) known(teams, item, 'team', item.team);
}

function checkOffice(office: OfficeDocument, names: Names): void {
  const { known } = names;
  known(names.districts, office, 'district', office.district);
  for (const product of office.normTimes.keys()) {
    known(names.products, office.normTimes, product, product);
  }
  const own = new Set<string>(office.teams.map((team) => team.id));
  for (const shared of office.sharedRanges) known(own, shared, 'teams', ...shared.teams);
  for (const team of office.teams) {
    if (team.band !== undefined) known(names.bands, team, 'band', team.band);
    for (const competence of team.competences) checkCodes(competence, names);
    for (const hours of team.capacity) {
      if (hours.line !== undefined) known(names.lines, hours, 'line', hours.line);
    }
  }
}

function checkCodes(
  item: Pick<Competence, 'laws' | 'products' | 'lines'>,
  { known, ...names }: Names,
): void {
  for (const field of ['laws', 'products', 'lines'] as const) {
    const codes = item[field];
    if (codes !== 'all') known(names[field], item, field, ...codes);
  }
}

function checkClaims(claims: readonly PostcodeClaim[], names: Names, problems: Problems): void {
  const checked = new Set<object>();
  for (const { area, line } of claims) {
    if (checked.has(area)) continue;
    checked.add(area);
    const place = { file: POSTCODE_FILE, line, column: 1 };
    const absent = (field: string, id: string) =>
      problems.add(place, field, `${id} does not exist in this document`, 'FORM-UNKNOWN');
    if (!names.offices.has(area.office)) absent('office', area.office);
    if (!names.regions.has(area.arbeidsmarktregio)) {
      absent('arbeidsmarktregio', area.arbeidsmarktregio);
    }
  }
}
