import { formatPostcodeRange } from '../postcode-range.ts';
import { POSTCODE_FILE } from '../postcode-csv.ts';
import { isExcepted } from './check-exceptions.ts';
import type { Proof } from './proof.ts';

/** "1 of 2 Arbeidsmarktregio's", but for recorded exceptions (A07). */
const REGIONS_PER_OFFICE_MAX = 2;

/** How offices, arbeidsmarktregio's and Werkbedrijf's offices relate (A02, A05, A06, A07). */
export function checkRegions(proof: Proof): void {
  checkUnion(proof);
  checkWerkbedrijf(proof);
  checkOffices(proof);
}

/** One arbeidsmarktregio, one office: the offices are unions of Werkbedrijf's (A06). */
function checkUnion(proof: Proof): void {
  const officeOf = new Map<string, string>();
  for (const { area, line, range } of proof.claims) {
    const { office, arbeidsmarktregio } = area;
    const first = officeOf.get(arbeidsmarktregio);
    officeOf.set(arbeidsmarktregio, first ?? office);
    if (first === undefined || first === office) continue;
    if (isExcepted(proof, 'A06', arbeidsmarktregio)) continue;
    const message = `${formatPostcodeRange(range)} of ${arbeidsmarktregio} goes to ${office}, other postcodes of it to ${first}`;
    proof.problems.add({ file: POSTCODE_FILE, line, column: 1 }, 'office', message, 'A06-UNION');
  }
}

function checkWerkbedrijf({ organisation, problems }: Proof): void {
  const { arbeidsmarktregios, werkbedrijfOffices } = organisation;
  for (const regio of arbeidsmarktregios) {
    const count = werkbedrijfOffices.filter((one) => one.arbeidsmarktregio === regio.id).length;
    if (count === 1) continue;
    const message = `expected one office of Werkbedrijf for ${regio.id}, found ${count}`;
    problems.about(regio, 'id', message, 'A05-WERKBEDRIJF');
  }
}

function checkOffices(proof: Proof): void {
  const regionsOf = new Map<string, Set<string>>();
  for (const { area } of proof.claims) {
    const regions = regionsOf.get(area.office) ?? new Set<string>();
    regionsOf.set(area.office, regions.add(area.arbeidsmarktregio));
  }
  for (const office of proof.offices) {
    const { pc4s, exceptions } = proof.areaOf(office.id);
    if (pc4s.size === 0 && exceptions.size === 0) {
      proof.problems.about(office, 'id', `no postcode belongs to ${office.id}`, 'A02-EMPTY');
    }
    const count = regionsOf.get(office.id)?.size ?? 0;
    if (count <= REGIONS_PER_OFFICE_MAX || isExcepted(proof, 'A07', office.id)) continue;
    const message = `${office.id} has ${count} arbeidsmarktregio's, more than ${REGIONS_PER_OFFICE_MAX}`;
    proof.problems.about(office, 'id', message, 'A07-REGIONS');
  }
}
