import type { Basis, LocalDate } from '@smc/domain';
import type { Neighbourhood, OfficeDocument, TeamDocument } from '../document.ts';
import { lettersOf } from '../postcode-range.ts';
import { reached, type Piece } from './office-pieces.ts';
import type { Population } from './population.ts';
import { minutesOn, regularTeams } from './proof.ts';

/** What part of a neighbourhood a team gets; undefined where load decides. Ascending by team. */
export type Share = { readonly team: string; readonly parts: number | undefined };

/**
 * The shares of the teams that are reached. By postcode a piece counts for its inhabitants where they
 * are known, and for its postcodes otherwise; teams that share a piece do so by their hours. By BSN
 * each team gets its part of the last digits.
 */
export function sharesOf(
  of: {
    readonly office: OfficeDocument;
    readonly neighbourhood: Neighbourhood;
    readonly pieces: readonly Piece[];
    readonly population: Population | undefined;
  },
  on: { readonly basis: Exclude<Basis, 'manual'>; readonly date: LocalDate },
): readonly Share[] {
  const { basis, date } = on;
  const teams = regularTeams(of.office, date);
  if (basis === 'workload') {
    return teams
      .filter((team) => minutesOn(team, date) > 0)
      .map((team) => ({ team: team.id, parts: undefined }))
      .sort(byTeam);
  }
  const weights = new Map<string, number>();
  const add = (team: string, weight: number) =>
    weight > 0 && weights.set(team, (weights.get(team) ?? 0) + weight);
  if (basis === 'bsn') {
    for (const team of teams) add(team.id, suffixesOf(team));
  } else {
    const ids = new Set<string>(teams.map((team) => team.id));
    for (const piece of of.pieces) {
      const weight = weightIn(of.neighbourhood, piece, of.population);
      const held = weight === 0 ? [] : reached(piece, ids).map(({ team }) => team);
      for (const [team, part] of byHours(held, date)) add(team.id, weight * part);
    }
  }
  const sum = [...weights.values()].reduce((a, b) => a + b, 0);
  return [...weights].map(([team, weight]) => ({ team, parts: weight / sum })).sort(byTeam);
}

const byTeam = (a: Share, b: Share) => (a.team < b.team ? -1 : 1);

function suffixesOf({ bsnSuffixes }: TeamDocument): number {
  return bsnSuffixes.reduce((sum, { from, to }) => sum + Number(to) - Number(from) + 1, 0);
}

/** The parts of teams that share a piece: by their hours; alike where none has any. */
function byHours(
  teams: readonly TeamDocument[],
  date: LocalDate,
): readonly (readonly [TeamDocument, number])[] {
  const minutes = teams.map((team) => minutesOn(team, date));
  const sum = minutes.reduce((a, b) => a + b, 0);
  return teams.map((team, i) => [team, sum === 0 ? 1 / teams.length : (minutes[i] ?? 0) / sum]);
}

const LETTERS = 26 * 26;

function weightIn(
  { postcodes }: Neighbourhood,
  { pc4, range }: Piece,
  population: Population | undefined,
): number {
  const whole = population === undefined ? LETTERS : (population.get(pc4) ?? 0);
  let inside = 0;
  for (const part of postcodes) {
    const from = part.from > range.from ? part.from : range.from;
    const to = part.to < range.to ? part.to : range.to;
    if (from <= to) inside += lettersOf(to) - lettersOf(from) + 1;
  }
  return (whole * Math.min(inside, LETTERS)) / LETTERS;
}
