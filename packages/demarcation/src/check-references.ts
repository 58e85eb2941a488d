/** Every id that a document mentions exists, and exists once. */
import type { Organisation, OfficeDocument } from './document.ts';
import type { PostcodeClaim } from './postcode-csv.ts';
import { POSTCODE_FILE } from './postcode-csv.ts';
import type { Problems } from './problem.ts';

export type ReadDocument = {
  readonly organisation: Organisation;
  readonly offices: readonly OfficeDocument[];
  readonly claims: readonly PostcodeClaim[];
};

export function checkReferences(document: ReadDocument, problems: Problems): void {
  const { organisation, offices } = document;
  const districts = unique(organisation.districts, problems);
  const regions = unique(organisation.arbeidsmarktregios, problems);
  const rayons = unique(organisation.rayons, problems);
  unique(organisation.werkbedrijfOffices, problems);
  const officeIds = unique(offices, problems);
  const teamIds = unique(
    offices.flatMap((office) => office.teams),
    problems,
  );
  uniqueCodes(organisation, problems);

  for (const office of organisation.werkbedrijfOffices) {
    known(rayons, office, ['rayon', office.rayon], problems);
    known(regions, office, ['arbeidsmarktregio', office.arbeidsmarktregio], problems);
  }
  for (const [kind, route] of Object.entries(organisation.settings.routes)) {
    if (route.kind === 'office')
      known(officeIds, organisation.settings.routes, [kind, route.office], problems);
  }
  for (const exception of organisation.exceptions) {
    const ids = { A06: regions, A07: officeIds, B01: teamIds }[exception.rule];
    known(ids, exception, ['of', exception.of], problems);
  }
  for (const office of offices) {
    known(districts, office, ['district', office.district], problems);
    checkCodes(organisation, office, problems);
  }
  checkClaims(document.claims, { officeIds, regions }, problems);
}

function unique(items: readonly { readonly id: string }[], problems: Problems): Set<string> {
  const ids = new Set<string>();
  for (const item of items) {
    if (ids.has(item.id)) problems.about(item, 'id', `${item.id} occurs twice`);
    ids.add(item.id);
  }
  return ids;
}

function uniqueCodes(organisation: Organisation, problems: Problems): void {
  for (const name of ['laws', 'products'] as const) {
    const codes = organisation[name];
    if (codes.length === 0) problems.about(organisation, name, 'expected at least one code');
    if (new Set(codes).size < codes.length)
      problems.about(organisation, name, 'a code occurs twice');
  }
}

function known(
  ids: ReadonlySet<string>,
  item: object,
  [field, id]: readonly [string, string],
  problems: Problems,
): void {
  if (!ids.has(id)) problems.about(item, field, `${id} does not exist in this document`);
}

function checkCodes(organisation: Organisation, office: OfficeDocument, problems: Problems): void {
  for (const team of office.teams) {
    for (const competence of team.competences) {
      for (const name of ['laws', 'products'] as const) {
        const codes = competence[name];
        if (codes === 'all') continue;
        for (const code of codes) {
          known(new Set(organisation[name]), team, [name, code], problems);
        }
      }
    }
  }
}

function checkClaims(
  claims: readonly PostcodeClaim[],
  ids: { readonly officeIds: ReadonlySet<string>; readonly regions: ReadonlySet<string> },
  problems: Problems,
): void {
  const checked = new Set<object>();
  for (const { area, line } of claims) {
    if (checked.has(area)) continue;
    checked.add(area);
    const place = { file: POSTCODE_FILE, line, column: 1 };
    const absent = (field: string, id: string) =>
      problems.add(place, field, `${id} does not exist in this document`);
    if (!ids.officeIds.has(area.office)) absent('office', area.office);
    if (!ids.regions.has(area.arbeidsmarktregio)) {
      absent('arbeidsmarktregio', area.arbeidsmarktregio);
    }
  }
}
