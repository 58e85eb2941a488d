import { isPlaced, type ArbeidsmarktregioId, type ClientState, type OpenCase } from '@smc/domain';
import { lineOf, regionOf, weightOf, type Demarcation } from '@smc/decision';
import type { OpenWork } from '../flow/fewest-moves.ts';
import type { MovedCase } from './plan.ts';

/** What counts of a client for a team: the placed cases, their weight, and where the client lives. */
export type ClientFacts = {
  readonly placed: readonly OpenCase[];
  /** Thousandths of a case. */
  readonly load: number;
  readonly region: ArbeidsmarktregioId | undefined;
};

export function factsOf(client: ClientState, demarcation: Demarcation): ClientFacts {
  const { openCases } = client;
  const placed = openCases.every(isPlaced) ? openCases : openCases.filter(isPlaced);
  let load = 0;
  for (const open of placed) load += weightOf(open, demarcation.weights);
  return { placed, load, region: regionOf(client, demarcation) };
}

export function openWork({ placed }: ClientFacts): OpenWork {
  if (placed.length === 0) return 0;
  return placed.some(({ activity }) => activity === 'active') ? 2 : 1;
}

export function movedCases({ placed }: ClientFacts, demarcation: Demarcation): MovedCase[] {
  return placed.map((open) => ({
    law: open.law,
    product: open.product,
    line: lineOf(open, demarcation),
    dossier: open.dossierRef !== undefined,
  }));
}
