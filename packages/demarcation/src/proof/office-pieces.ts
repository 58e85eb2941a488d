/**
 * The postcodes of an office in pieces that are answered alike: four digits as a whole, or, where a
 * team has whole postcodes inside them, the stretches between the ends of those ranges. Each piece
 * knows whose ranges hold it; which of those teams are eligible is asked of it later.
 */
import { isPostcode } from '@smc/domain';
import type { PostcodeRange } from '@smc/decision';
import type { OfficeDocument, TeamDocument } from '../document.ts';
import {
  formatPostcodeRange,
  formatRuns,
  lettersOf,
  pc4Numbers,
  postcodeOf,
} from '../postcode-range.ts';
import type { OfficeArea } from './office-areas.ts';

export type Held = { readonly team: TeamDocument; readonly range: PostcodeRange };

export type Piece = {
  readonly pc4: number;
  readonly range: PostcodeRange;
  /** By ranges of whole postcodes, which beat those of four digits. */
  readonly fine: readonly Held[];
  readonly coarse: readonly Held[];
};

/** Each office's pieces, cut when they are first asked for. */
export function piecesOnDemand(
  areaOf: (office: string) => OfficeArea,
): (office: OfficeDocument) => readonly Piece[] {
  const known = new Map<OfficeDocument, readonly Piece[]>();
  return (office) => {
    const pieces = known.get(office) ?? piecesOf(office, areaOf(office.id));
    known.set(office, pieces);
    return pieces;
  };
}

const LETTERS = 26 * 26;

/** The pieces of an office's area, ascending. */
function piecesOf(office: OfficeDocument, area: OfficeArea): readonly Piece[] {
  const held = office.teams.flatMap((team) => team.postcodes.map((range) => ({ team, range })));
  const coarse = coarseByPc4(held);
  const fine = Map.groupBy(
    held.filter(({ range }) => range.precision === 'pc6'),
    ({ range }) => pc4Numbers(range).from,
  );
  const pc4s = new Set([...area.pc4s, ...area.exceptions.keys()]);
  return [...pc4s]
    .sort((a, b) => a - b)
    .flatMap((pc4) => {
      const own = fine.get(pc4) ?? [];
      return stretches(pc4, own)
        .filter((range) => hasClients(area, pc4, range))
        .map((range) => ({
          pc4,
          range,
          fine: own.filter((one) => one.range.from <= range.from && range.to <= one.range.to),
          coarse: coarse[pc4] ?? [],
        }));
    });
}

function coarseByPc4(held: readonly Held[]): readonly (readonly Held[] | undefined)[] {
  const byPc4: Held[][] = [];
  for (const one of held) {
    if (one.range.precision === 'pc6') continue;
    const { from, to } = pc4Numbers(one.range);
    for (let pc4 = from; pc4 <= to; pc4++) (byPc4[pc4] ??= []).push(one);
  }
  return byPc4;
}

/** Four digits, cut where ranges of whole postcodes begin and end. */
function stretches(pc4: number, own: readonly Held[]): readonly PostcodeRange[] {
  if (own.length === 0) return [{ from: `${pc4}AA`, to: `${pc4}ZZ`, precision: 'pc4' }];
  const begins = new Set([0]);
  for (const { range } of own) {
    begins.add(lettersOf(range.from));
    begins.add(lettersOf(range.to) + 1);
  }
  const sorted = [...begins].filter((begin) => begin < LETTERS).sort((a, b) => a - b);
  return sorted.map((begin, i) => ({
    from: postcodeOf(pc4, begin),
    to: postcodeOf(pc4, (sorted[i + 1] ?? LETTERS) - 1),
    precision: 'pc6',
  }));
}

function hasClients(area: OfficeArea, pc4: number, { from, to }: PostcodeRange): boolean {
  const isInside = (postcode: string) => from <= postcode && postcode <= to;
  if (!area.pc4s.has(pc4)) return [...(area.exceptions.get(pc4) ?? [])].some(isInside);
  const lost = area.lost.get(pc4);
  if (lost === undefined) return true;
  for (let letters = lettersOf(from); letters <= lettersOf(to); letters++) {
    const postcode = postcodeOf(pc4, letters);
    if (isPostcode(postcode) && !lost.has(postcode)) return true;
  }
  return false;
}

/** The teams of these that a client in the piece can reach: the best that is eligible. */
export function reached(piece: Piece, eligible: ReadonlySet<string>): readonly Held[] {
  const of = (held: readonly Held[]) => held.filter(({ team }) => eligible.has(team.id));
  const fine = of(piece.fine);
  return fine.length > 0 ? fine : of(piece.coarse);
}

/** `1000-1199, 9011AA-9011AC`. */
export function formatPieces(pieces: readonly Piece[]): string {
  const wholes = pieces.filter(({ range }) => range.precision === 'pc4').map(({ pc4 }) => pc4);
  const parts = pieces.filter(({ range }) => range.precision === 'pc6');
  return [
    ...(wholes.length === 0 ? [] : [formatRuns(wholes, 4)]),
    ...parts.map(({ range }) => formatPostcodeRange(range)),
  ].join(', ');
}
