import type { PostcodeRange } from '@smc/decision';
import type { OfficeDocument } from '../document.ts';
import { eligibleGroups, forCases, type EligibleGroup } from './combinations.ts';
import { formatPieces, reached, type Held, type Piece } from './office-pieces.ts';
import { inhabitants } from './population.ts';
import { basisOn, changeDates, regularTeams, type Proof } from './proof.ts';
import { listed } from './words.ts';

/**
 * On every day on which an office divides by postcode, each of its postcodes reaches a team for
 * every kind of case (A08), and one only, unless the document says that several share it (A17, B32).
 */
export function checkPostcodeBasis(proof: Proof): void {
  for (const office of proof.offices) {
    if (!office.bases.some(({ basis }) => basis === 'postcode')) continue;
    const pieces = proof.piecesOf(office);
    const reported = new Set<string>();
    for (const date of changeDates(proof.organisation, office)) {
      const dated = basisOn(office, date);
      if (dated?.basis !== 'postcode') continue;
      const report = (at: object, field: string, flaw: string, rule: 'A08-GAP' | 'A08-OVERLAP') => {
        // A gap that stays open is reported on the day on which it opens.
        const key = `${rule} ${flaw}`;
        if (!reported.has(key)) proof.problems.about(at, field, `from ${date} on, ${flaw}`, rule);
        reported.add(key);
      };
      const of = { organisation: proof.organisation, office: office.id };
      const groups = eligibleGroups(of, regularTeams(office, date), date);
      for (const group of groups) {
        const { gaps, overlaps } = flawsOf(office, pieces, group);
        const cases = forCases(group, groups);
        if (gaps.length > 0 && group.needed.length > 0 && group.teams.length > 0) {
          const people = inhabitants(new Set(gaps.map(({ pc4 }) => pc4)), proof.population);
          report(
            dated,
            'basis',
            `${cases}no team has postcode ${formatPieces(gaps)}${people}`,
            'A08-GAP',
          );
        }
        for (const { range, others, shared } of overlaps) {
          const people = inhabitants(new Set(shared.map(({ pc4 }) => pc4)), proof.population);
          const words = `${cases}${formatPieces(shared)} also belongs to ${listed(others)}${people}`;
          report(range, '', words, 'A08-OVERLAP');
        }
      }
    }
  }
}

type Overlap = {
  /** The last of the ranges that hold these pieces. */
  readonly range: PostcodeRange;
  readonly others: readonly string[];
  readonly shared: readonly Piece[];
};

function flawsOf(
  office: OfficeDocument,
  pieces: readonly Piece[],
  group: EligibleGroup,
): { readonly gaps: readonly Piece[]; readonly overlaps: readonly Overlap[] } {
  const eligible = new Set<string>(group.teams.map((team) => team.id));
  const gaps: Piece[] = [];
  const overlaps = new Map<string, { held: Held; others: readonly string[]; shared: Piece[] }>();
  for (const piece of pieces) {
    const held = reached(piece, eligible);
    const last = held.at(-1);
    if (last === undefined) gaps.push(piece);
    if (last === undefined || held.length === 1 || isShared(office, piece, held)) continue;
    const others = held.slice(0, -1).map(({ team }) => team.id);
    const key = [last.team.id, last.range.from, last.range.to, ...others].join(' ');
    const known = overlaps.get(key) ?? { held: last, others, shared: [] };
    overlaps.set(key, known);
    known.shared.push(piece);
  }
  return {
    gaps,
    overlaps: [...overlaps.values()].map(({ held, others, shared }) => ({
      range: held.range,
      others,
      shared,
    })),
  };
}

/** Each team has it once, and the document lists it as shared between all of them. */
function isShared(
  { sharedRanges }: OfficeDocument,
  { range }: Piece,
  held: readonly Held[],
): boolean {
  const teams = new Set(held.map(({ team }) => team.id));
  return (
    teams.size === held.length &&
    sharedRanges.some(
      (shared) =>
        held.every(({ team }) => shared.teams.includes(team.id)) &&
        shared.postcodes.some((part) => part.from <= range.from && range.to <= part.to),
    )
  );
}
