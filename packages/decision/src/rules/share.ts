import { must, type ClientKey } from '@smc/domain';
import type { Candidate } from '../demarcation-index.ts';
import { minutesOn } from '../eligible.ts';
import type { Question } from './rule.ts';

/**
 * "Dit kan verminderd worden door postcodes te verdelen over meerdere SMC-teams" (B32, A17): teams of
 * one area share its clients by available hours. The client key, drawn from a keyed hash, is the
 * client's lot: the same at every replay, and it says nothing of the person.
 *
 *   minutes   | team a: 2160 | team b: 1080 |      lot = key mod 3240
 *   lot 2200                  ^ team b
 */
export function share(eligible: readonly Candidate[], { clientKey, on }: Question): Candidate {
  const inOrder = eligible
    .toSorted((a, b) => (a.team.id < b.team.id ? -1 : 1))
    .filter(({ team }, i, all) => team !== all[i - 1]?.team);
  const minutes = inOrder.map(({ team }) => minutesOn(team, on));
  const known = minutes.some((of) => of > 0);
  const weights = known ? minutes : minutes.map(() => 1);
  let left = lotOf(clientKey) % weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, weight] of weights.entries()) {
    if (left < weight) return must(inOrder[i], 'a team for each weight');
    left -= weight;
  }
  return must(inOrder.at(-1), 'a share is asked of two teams or more');
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** Ten characters are fifty bits: the most that stays a whole number here, less two. */
const LOT_CHARACTERS = 10;

/** The first 48 bits of the client key. */
export function lotOf(clientKey: ClientKey): number {
  let lot = 0;
  for (let i = 0; i < LOT_CHARACTERS; i++) lot = lot * 32 + BASE32.indexOf(clientKey.charAt(i));
  return Math.floor(lot / 4);
}
