export { decimals, ratio, type Ratio } from './ratio.ts';
export { hoursText, MINUTES_PER_HOUR, parseHours } from './hours.ts';
export {
  netMinutes,
  type Contract,
  type NetMinutes,
  type NetRefusal,
  type SideTask,
} from './net-hours.ts';
export { endingWithin, isThereOn, type Period } from './capacity-period.ts';
export {
  roundedShares,
  sharesByHours,
  type Claim,
  type RoundedShares,
  type Share,
  type ShareRefusal,
} from './shares.ts';
export { countMoves, pairMoves, type Move } from './moves.ts';
export {
  BAND_REASONS,
  bandAround,
  bandTogether,
  countsIn,
  judgeCaseload,
  minutesFor,
  STANDARD_WEIGHT,
  type Band,
  type BandReason,
  type BandSignal,
  type Caseload,
  type Counts,
} from './band.ts';
export {
  fewestMovesIntoBand,
  type BandMoves,
  type BandRefusal,
  type Holder,
} from './band-moves.ts';
export {
  activeClients,
  contactsPerYear,
  KNOWN_CLIENTS_MAX,
  knowsLess,
  loadPerHour,
  rankByLoad,
  spread,
  weightedLoad,
} from './caseload-measures.ts';
export { waterFill, type Vessel } from './water-fill.ts';
export { fteNeeded, withNormTimesOff, type FteNeeded, type FtePart, type Work } from './fte.ts';
export { rankOptions, type Colleague, type Group, type Option } from './extra-colleague.ts';
export { comparePeak, type Line, type PeakComparison, type Queue } from './peak.ts';
export {
  checkTiling,
  type AgeClass,
  type Ages,
  type Counted,
  type Gap,
  type Overlap,
  type Tiling,
} from './classes.ts';
export {
  checkConsistency,
  sumDiffers,
  type Finding,
  type Population,
  type Sources,
  type StatedSum,
  type Statement,
} from './consistency.ts';
