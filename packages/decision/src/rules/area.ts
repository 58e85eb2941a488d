import type { AddressKind, Basis, LocalDate, ParkedCode, Reason } from '@smc/domain';
import type { Office } from '../demarcation.ts';
import type { OfficeIndex } from '../demarcation-index.ts';
import { onBsn } from './basis-bsn.ts';
import { onManual } from './basis-manual.ts';
import { onPostcode } from './basis-postcode.ts';
import { onWorkload } from './basis-workload.ts';
import { officeOfClient } from './office-of-client.ts';
import { park, type AskOffice, type Parked, type Placed, type Question } from './rule.ts';

/** The work-list code of an address that can't be looked up. */
const ADDRESS_CODES: Readonly<Record<Exclude<AddressKind, 'dutch'>, ParkedCode>> = {
  postbus: 'ADDRESS_POSTBUS',
  foreign: 'ADDRESS_FOREIGN',
  secret: 'ADDRESS_SECRET',
  none: 'ADDRESS_NONE',
};

/**
 * "Daarna worden de casus verdeeld naar de 27 SMZ-vestigingen die ieder een afbakening op postcode
 * kennen" (A02): the postcode leads to the office, always. Then the office divides by its own basis
 * (A08), the one that holds on the day (A21).
 */
export function byArea(question: Question): Placed | Parked | AskOffice {
  const found = findOffice(question);
  if (found.kind === 'parked') return found;
  const { office } = found.index;
  const held = basisOn(office, question.on);
  if (held === undefined) return park('NO_BASIS_ON_DATE', office, found.reasons);
  const { basis, from } = held;
  const reasons: readonly Reason[] = [
    ...found.reasons,
    { code: 'BASIS_OF_OFFICE', parameters: [office.id, basis, from] },
  ];
  switch (basis) {
    case 'postcode':
      return onPostcode(question, found.index, reasons);
    case 'bsn':
      return onBsn(question, found.index, reasons);
    case 'manual':
      return onManual(office, reasons);
    case 'workload':
      return onWorkload(question, found.index, reasons);
  }
}

type FoundOffice = {
  readonly kind: 'office';
  readonly index: OfficeIndex;
  readonly reasons: readonly Reason[];
};

function findOffice(question: Question): FoundOffice | Parked {
  const { client, area, index } = question;
  const { addressKind } = client;
  const office = officeOfClient(question);
  if (office === undefined) {
    const code = addressKind === 'dutch' ? 'POSTCODE_UNKNOWN' : ADDRESS_CODES[addressKind];
    return park(code, undefined, []);
  }
  const reason: Reason =
    addressKind === 'dutch'
      ? { code: area?.exception === true ? EXCEPTION : 'OFFICE_BY_POSTCODE', parameters: [office] }
      : { code: 'OFFICE_BY_ROUTE', parameters: [office, addressKind] };
  return { kind: 'office', index: index.office(office), reasons: [reason] };
}

const EXCEPTION = 'OFFICE_BY_POSTCODE_EXCEPTION';

function basisOn(office: Office, on: LocalDate): { basis: Basis; from: LocalDate } | undefined {
  return office.bases.findLast(({ from }) => from <= on);
}
