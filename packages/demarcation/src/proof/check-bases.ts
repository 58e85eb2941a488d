import { basisOn, changeDates, type Proof } from './proof.ts';

/** On every day of the version each office has a basis (A08, A21). */
export function checkBases({ organisation, offices, problems }: Proof): void {
  for (const office of offices) {
    const first = changeDates(organisation, office).find((date) => !basisOn(office, date));
    if (first === undefined) continue;
    problems.about(office, 'bases', `${office.id} has no basis on ${first}`, 'A08-BASIS');
  }
}
