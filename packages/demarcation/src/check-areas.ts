/** How offices, arbeidsmarktregio's and Werkbedrijf's offices relate (A02, A05, A06, A07, B01). */
import type { Team } from '@smc/decision';
import type { ExceptionRule, OfficeDocument } from './document.ts';
import type { ReadDocument } from './check-references.ts';
import { POSTCODE_FILE } from './postcode-csv.ts';
import { formatRuns, pc4Numbers } from './postcode-range.ts';
import type { PostcodeTable } from './postcode-table.ts';
import type { Problems } from './problem.ts';

/** "1 of 2 Arbeidsmarktregio's", but for recorded exceptions (A07). */
const REGIONS_PER_OFFICE_MAX = 2;

export function checkAreas(document: ReadDocument, table: PostcodeTable, problems: Problems): void {
  checkRegionsToOffices(document, problems);
  checkWerkbedrijf(document, problems);
  for (const office of document.offices) {
    const regionOf = new Map<number, string>();
    for (const { postcode, area } of table) {
      const pc4 = Number(postcode.slice(0, 4));
      // An exception comes after its four digits and does not change what they belong to.
      if (area.office === office.id && !regionOf.has(pc4)) {
        regionOf.set(pc4, area.arbeidsmarktregio);
      }
    }
    checkOffice(document, { office, regionOf }, problems);
  }
}

/** One arbeidsmarktregio, one office: the offices are unions of Werkbedrijf's (A06). */
function checkRegionsToOffices(document: ReadDocument, problems: Problems): void {
  const officeOf = new Map<string, string>();
  for (const { area, line } of document.claims) {
    const office = officeOf.get(area.arbeidsmarktregio);
    officeOf.set(area.arbeidsmarktregio, office ?? area.office);
    if (office === undefined || office === area.office) continue;
    if (isExcepted(document, 'A06', area.arbeidsmarktregio)) continue;
    const message =
      `${area.arbeidsmarktregio} belongs to ${office} already; ` +
      'another office needs a recorded exception to A06';
    problems.add({ file: POSTCODE_FILE, line, column: 1 }, 'office', message);
  }
}

function checkWerkbedrijf(document: ReadDocument, problems: Problems): void {
  const { arbeidsmarktregios, werkbedrijfOffices } = document.organisation;
  for (const regio of arbeidsmarktregios) {
    const count = werkbedrijfOffices.filter(
      (office) => office.arbeidsmarktregio === regio.id,
    ).length;
    if (count !== 1) {
      problems.about(
        regio,
        'id',
        `expected one Werkbedrijf office for ${regio.id}, found ${count} (A05)`,
      );
    }
  }
}

function checkOffice(
  document: ReadDocument,
  of: { readonly office: OfficeDocument; readonly regionOf: ReadonlyMap<number, string> },
  problems: Problems,
): void {
  const { office, regionOf } = of;
  const regions = new Set(regionOf.values());
  if (regions.size === 0) {
    problems.about(office, 'id', `no postcode belongs to ${office.id} (A02)`);
    return;
  }
  if (regions.size > REGIONS_PER_OFFICE_MAX && !isExcepted(document, 'A07', office.id)) {
    const message =
      `${office.id} has ${regions.size} arbeidsmarktregio's; ` +
      `more than ${REGIONS_PER_OFFICE_MAX} need a recorded exception to A07`;
    problems.about(office, 'id', message);
  }
  for (const team of office.teams) {
    checkTeam(team, { regionOf, excepted: isExcepted(document, 'B01', team.id) }, problems);
  }
}

/** A team's postcodes lie inside its office and inside one arbeidsmarktregio (B01). */
function checkTeam(
  team: Team,
  within: { readonly regionOf: ReadonlyMap<number, string>; readonly excepted: boolean },
  problems: Problems,
): void {
  if (within.excepted) return;
  const regions = new Set<string>();
  for (const range of team.postcodes) {
    const outside: number[] = [];
    const { from, to } = pc4Numbers(range);
    for (let pc4 = from; pc4 <= to; pc4++) {
      const regio = within.regionOf.get(pc4);
      if (regio === undefined) outside.push(pc4);
      else regions.add(regio);
    }
    if (outside.length > 0) {
      const message = `${formatRuns(outside, 4)} does not belong to office ${team.office} (B01)`;
      problems.about(range, '', message);
    }
  }
  if (regions.size > 1) {
    const message =
      `the team works in ${[...regions].join(' and ')}; ` +
      'more than one arbeidsmarktregio needs a recorded exception to B01';
    problems.about(team, 'postcodes', message);
  }
}

function isExcepted(document: ReadDocument, rule: ExceptionRule, of: string): boolean {
  return document.organisation.exceptions.some(
    (exception) => exception.rule === rule && exception.of === of,
  );
}
