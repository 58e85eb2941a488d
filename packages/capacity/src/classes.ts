/** Stands for an open end inside here: nobody is older. */
const AGE_MAX = 150;

/** Whole years, both ends included; without `to` up to the end, such as the AOW age. */
export type Ages = { readonly from: number; readonly to: number | undefined };

export type AgeClass = Ages & {
  readonly name: string;
  readonly clients: number | undefined;
  /** Why the border lies here (C21). */
  readonly reason: string | undefined;
};

/** Clients that were counted apart, by age. */
export type Counted = Ages & { readonly clients: number };

export type Gap = Ages & {
  /** How many clients fall through; nothing when the counts don't say so. */
  readonly clients: number | undefined;
};

export type Overlap = Ages & { readonly classes: readonly [string, string] };

export type Tiling = { readonly gaps: readonly Gap[]; readonly overlaps: readonly Overlap[] };

/**
 * Whether classes cover all ages exactly once (C03, T07). A gap is named with its clients, if ranges
 * that were counted fill it exactly; whoever falls in it stays with the regular caseload and is
 * never dropped (C04). Gaps and overlaps come by age.
 */
export function checkTiling(
  whole: Ages,
  classes: readonly AgeClass[],
  counted: readonly Counted[],
): Tiling {
  const sorted = classes.toSorted((a, b) => a.from - b.from);
  const gaps: Ages[] = [];
  const overlaps: Overlap[] = [];
  let next = whole.from;
  let furthest: AgeClass | undefined;
  for (const one of sorted) {
    const before = Math.min(one.from - 1, endOf(whole));
    if (before >= next) gaps.push({ from: next, to: before });
    if (furthest !== undefined && one.from < next) {
      const to = Math.min(endOf(furthest), endOf(one));
      overlaps.push({ ...agesTo(one.from, to), classes: [furthest.name, one.name] });
    }
    if (furthest === undefined || endOf(one) > endOf(furthest)) furthest = one;
    next = Math.max(next, endOf(one) + 1);
  }
  if (next <= endOf(whole)) gaps.push({ from: next, to: whole.to });
  return { gaps: gaps.map((gap) => ({ ...gap, clients: clientsIn(gap, counted) })), overlaps };
}

const endOf = ({ to }: Ages): number => to ?? AGE_MAX;
const agesTo = (from: number, end: number): Ages => ({
  from,
  to: end === AGE_MAX ? undefined : end,
});

/** The sum of the counted ranges inside the gap, if they fill it without a hole or an overlap. */
function clientsIn(gap: Ages, counted: readonly Counted[]): number | undefined {
  const inside = counted
    .filter((one) => one.from >= gap.from && endOf(one) <= endOf(gap))
    .toSorted((a, b) => a.from - b.from);
  let next = gap.from;
  for (const one of inside) {
    if (one.from !== next) return undefined;
    next = endOf(one) + 1;
  }
  if (next !== endOf(gap) + 1) return undefined;
  return inside.reduce((sum, { clients }) => sum + clients, 0);
}
