import type { LocalDate } from '@smc/domain';
import type { Neighbourhood, OfficeDocument } from '../document.ts';
import { formatPostcodeRange, pc4Numbers } from '../postcode-range.ts';
import type { Piece } from './office-pieces.ts';
import type { OfficeArea } from './office-areas.ts';
import { sharesOf, type Share } from './neighbourhood-shares.ts';
import { basisOn, changeDates, type Proof } from './proof.ts';

/**
 * "Door deze, bij de SMZ-vestiging bekende wijken, op postcoderange te verdelen naar meerdere SMC
 * teams" (A17, B42): from each sensitive neighbourhood two or more teams are reached on every day on
 * which a rule divides it, and the proof tells which share each gets.
 */
export function checkNeighbourhoods(proof: Proof): void {
  for (const office of proof.offices) {
    if (office.sensitiveNeighbourhoods.length === 0) continue;
    const area = proof.areaOf(office.id);
    const pieces = proof.piecesOf(office);
    for (const neighbourhood of office.sensitiveNeighbourhoods) {
      checkPlace(proof, neighbourhood, { office, area });
      checkShares(proof, { office, neighbourhood, pieces });
    }
  }
}

function checkPlace(
  { problems }: Proof,
  neighbourhood: Neighbourhood,
  { office, area }: { readonly office: OfficeDocument; readonly area: OfficeArea },
): void {
  for (const range of neighbourhood.postcodes) {
    const { from, to } = pc4Numbers(range);
    let isInside = true;
    for (let pc4 = from; pc4 <= to; pc4++) {
      isInside &&= area.pc4s.has(pc4) || area.exceptions.has(pc4);
    }
    if (isInside) continue;
    const message = `${formatPostcodeRange(range)} does not all belong to office ${office.id}`;
    problems.about(range, '', message, 'A17-PLACE');
  }
}

type Of = {
  readonly office: OfficeDocument;
  readonly neighbourhood: Neighbourhood;
  readonly pieces: readonly Piece[];
};

function checkShares(proof: Proof, of: Of): void {
  const { neighbourhood } = of;
  let told: string | undefined;
  for (const date of changeDates(proof.organisation, of.office)) {
    const basis = basisOn(of.office, date)?.basis;
    if (basis === undefined || basis === 'manual') continue;
    const shares = sharesOf({ ...of, population: proof.population }, { basis, date });
    const words = shares.map(inWords).join(', ');
    if (words === told) continue;
    told = words;
    const rule = shares.length < 2 ? 'A17-TEAMS' : 'A17-SHARE';
    proof.problems.about(neighbourhood, 'id', message(neighbourhood, date, words), rule);
  }
}

function message({ name }: Neighbourhood, date: LocalDate, words: string): string {
  return `from ${date} on, ${name} reaches ${words === '' ? 'no team' : words}`;
}

function inWords({ team, parts }: Share): string {
  return parts === undefined ? `${team} by load` : `${team} ${Math.round(parts * 100)} %`;
}
