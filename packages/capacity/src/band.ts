import { MINUTES_PER_HOUR } from './hours.ts';
import {
  add,
  ceil,
  compareRatios,
  divide,
  floor,
  multiply,
  ratio,
  subtract,
  type Ratio,
} from './ratio.ts';

/**
 * A caseload band (D01, D13): from so many to so many standard clients per net hour of a working
 * week. It is data of a profile, never a constant: there is no formula for a responsible caseload.
 */
export type Band = { readonly min: Ratio; readonly max: Ratio };

/** A weight in thousandths of a standard client: 1000 is one, 300 a client who needs little. */
export const STANDARD_WEIGHT = 1000;

/** `percent` below and above a norm per hour: 10 around 2.93125 is 2.638125 to 3.224375 (T04). */
export function bandAround(norm: Ratio, percent: number): Band {
  return {
    min: multiply(norm, ratio(100 - percent, 100)),
    max: multiply(norm, ratio(100 + percent, 100)),
  };
}

/**
 * The band of people together, such as a team (D07): each member's band counts by the member's net
 * minutes. Nothing when nobody has any.
 */
export function bandTogether(
  members: readonly { readonly band: Band; readonly minutes: number }[],
): Band | undefined {
  const all = members.reduce((sum, { minutes }) => sum + minutes, 0);
  if (all === 0) return undefined;
  const together = (of: (band: Band) => Ratio) =>
    members.reduce(
      (sum, { band, minutes }) => add(sum, multiply(of(band), ratio(minutes, all))),
      ratio(0),
    );
  return { min: together(({ min }) => min), max: together(({ max }) => max) };
}

/** Whole clients, both ends included. */
export type Counts = { readonly min: number; readonly max: number };

/** The numbers of clients that lie in the band for so many minutes a week (D02). */
export function countsIn(band: Band, minutes: number): Counts {
  const hours = ratio(minutes, MINUTES_PER_HOUR);
  return { min: ceil(multiply(band.min, hours)), max: floor(multiply(band.max, hours)) };
}

/** The minutes a week that a caseload asks for: at the top of the band, and at its bottom (D03). */
export function minutesFor(band: Band, clients: number): { least: Ratio; most: Ratio } {
  const work = ratio(clients * MINUTES_PER_HOUR);
  return { least: divide(work, band.max), most: divide(work, band.min) };
}

/** Why a caseload is out of its band, as far as the figures say or a person has recorded. */
export const BAND_REASONS = {
  SIDE_TASKS: 'side tasks or exempt days take hours (D05, E21)',
  ELABORATE_PLANS: 'the plans are more elaborate than they need be (D05)',
  HEAVIER_AREA: 'the area has more problems than others (D08)',
  EFFICIENT_PROCESS: 'the team has a process that takes less time (D08)',
  NEW_COLLEAGUE: 'a new colleague, who has no clients yet (C11)',
  RUNNING_JOURNEYS: 'clients of running journeys keep their team (B10)',
} as const;
export type BandReason = keyof typeof BAND_REASONS;

/** A person or a team: the same measure at both levels (D06, D07). */
export type Caseload = {
  readonly contractMinutes: number;
  /** Net of side tasks and exemptions. */
  readonly netMinutes: number;
  /** Open cases, each by its weight (D11, D14, E04, E39): thousandths of a standard client. */
  readonly loadThousandths: number;
  /** What people have recorded about it. */
  readonly reasons: readonly BandReason[];
};

export type BandSignal = {
  readonly kind: 'under' | 'within' | 'over';
  /** The whole standard clients that it is away from the band; 0 within. */
  readonly by: number;
  readonly reasons: readonly BandReason[];
  /** D16: whoever assigns above the band says why. */
  readonly reasonWanted: boolean;
};

/**
 * Whether a caseload lies in its band. A signal both ways, for a conversation, and never a block
 * (D04). The figures add two reasons by themselves: no client at all, and a caseload that fits the
 * contract but not what side tasks leave of it.
 */
export function judgeCaseload(caseload: Caseload, band: Band): BandSignal {
  const { contractMinutes, netMinutes, loadThousandths } = caseload;
  const load = ratio(loadThousandths, STANDARD_WEIGHT);
  const at = (perHour: Ratio, minutes: number) =>
    multiply(perHour, ratio(minutes, MINUTES_PER_HOUR));
  const reasons = new Set(caseload.reasons);
  const min = at(band.min, netMinutes);
  const max = at(band.max, netMinutes);
  if (compareRatios(load, max) > 0) {
    if (compareRatios(load, at(band.max, contractMinutes)) <= 0) reasons.add('SIDE_TASKS');
    const by = ceil(subtract(load, max));
    return { kind: 'over', by, reasons: [...reasons], reasonWanted: reasons.size === 0 };
  }
  if (compareRatios(load, min) < 0) {
    if (loadThousandths === 0) reasons.add('NEW_COLLEAGUE');
    const by = ceil(subtract(min, load));
    return { kind: 'under', by, reasons: [...reasons], reasonWanted: false };
  }
  return { kind: 'within', by: 0, reasons: [...reasons], reasonWanted: false };
}
