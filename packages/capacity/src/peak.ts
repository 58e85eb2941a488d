/** A client line with its own capacity and inflow, week by week. */
export type Line = {
  readonly name: string;
  /** Net capacity in minutes a week (B16). */
  readonly minutes: number;
  /** Norm time of a case in minutes. */
  readonly normMinutes: number;
  /** Cases that wait before the first week. */
  readonly backlogCases: number;
  /** New cases of each week. */
  readonly inflowCases: readonly number[];
};

/** Work that waits at the end of each week, in minutes. */
export type Queue = { readonly name: string; readonly minutes: readonly number[] };

export type PeakComparison = {
  /** Each line works for itself. */
  readonly split: readonly Queue[];
  readonly splitTotal: Queue;
  /** All capacity works for all cases: the meerwettig team. */
  readonly merged: Queue;
  readonly splitPeakMinutes: number;
  readonly mergedPeakMinutes: number;
};

/**
 * Merged lines against split lines under a peak (B17), week by week and without chance:
 *
 *   waiting = max(0, waiting before + inflow x norm time - capacity)
 *
 * Merged, no capacity is idle while work waits, so that its queue is never longer than the split
 * ones together: max(0, a + b) <= max(0, a) + max(0, b). It is shorter as soon as one line has
 * hours left in a week in which the other has not. That every member can do every case is assumed.
 */
export function comparePeak(lines: readonly Line[]): PeakComparison {
  const weeks = Math.max(0, ...lines.map(({ inflowCases }) => inflowCases.length));
  const split = lines.map((line) => queueOf(line.name, [line], weeks));
  const merged = queueOf('merged', lines, weeks);
  const total = Array.from({ length: weeks }, (_, week) =>
    split.reduce((sum, queue) => sum + (queue.minutes[week] ?? 0), 0),
  );
  return {
    split,
    splitTotal: { name: 'split', minutes: total },
    merged,
    splitPeakMinutes: Math.max(0, ...total),
    mergedPeakMinutes: Math.max(0, ...merged.minutes),
  };
}

function queueOf(name: string, lines: readonly Line[], weeks: number): Queue {
  const sum = (of: (line: Line) => number) => lines.reduce((all, line) => all + of(line), 0);
  const capacity = sum(({ minutes }) => minutes);
  const minutes: number[] = [];
  let waiting = sum((line) => line.backlogCases * line.normMinutes);
  for (let week = 0; week < weeks; week++) {
    const inflow = sum((line) => (line.inflowCases[week] ?? 0) * line.normMinutes);
    waiting = Math.max(0, waiting + inflow - capacity);
    minutes.push(waiting);
  }
  return { name, minutes };
}
