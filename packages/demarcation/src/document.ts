/**
 * The demarcation document as it has been read: complete, checked and without places. It says all
 * that the decision needs (`@smc/decision`) and all that the divisions need besides it.
 */
import type {
  ArbeidsmarktregioId,
  DemarcationVersion,
  DistrictId,
  LocalDate,
  OfficeId,
  RayonId,
  TeamId,
  WerkbedrijfOfficeId,
} from '@smc/domain';
import type { AgeClass, Counted, SideTask } from '@smc/capacity';
import type {
  Band,
  Capacity,
  Exclusion,
  LineTable,
  Office,
  Participatiewet,
  PostcodeRange,
  Settings,
  SpecialGroup,
  Team,
  Weights,
} from '@smc/decision';
import type { PostcodeTable } from './postcode-table.ts';

export type DemarcationDocument = {
  readonly organisation: Organisation;
  /** Ascending by id. */
  readonly offices: readonly OfficeDocument[];
  readonly postcodes: PostcodeTable;
};

/** What a version says of the organisation as a whole: all but its offices and postcodes. */
export type Organisation = {
  readonly version: DemarcationVersion;
  /** The first day on which the version holds; may lie in the past (B29). */
  readonly effectiveFrom: LocalDate;
  /** The decision that made it (B38). */
  readonly decisionReference: string;
  /** One or two sentences for whoever finds it. */
  readonly description: string;
  readonly settings: Settings;
  /** The laws and products that every office must be able to place. */
  readonly laws: readonly string[];
  readonly products: readonly string[];
  /** The kinds of employment that a case can come from; needed where there are lines (B12). */
  readonly employments: readonly string[];
  /** The lines (cliëntlijnen); none where every team works for all clients (B02, B03). */
  readonly lines: readonly string[];
  readonly lineTable: LineTable;
  /** Combinations for which an office has no team on purpose: a person decides. */
  readonly byHand: readonly ByHand[];
  readonly participatiewet: Participatiewet | undefined;
  readonly specialGroups: readonly SpecialGroup[];
  readonly exclusions: readonly RecordedExclusion[];
  readonly weights: Weights;
  /** Minutes that one case of the product takes (E19, E20, D09). */
  readonly normTimes: ReadonlyMap<string, number>;
  readonly bands: ReadonlyMap<string, Band>;
  readonly roleFloors: readonly RoleFloor[];
  readonly classifications: readonly Classification[];
  readonly districts: readonly Named<DistrictId>[];
  readonly arbeidsmarktregios: readonly Arbeidsmarktregio[];
  readonly rayons: readonly Named<RayonId>[];
  readonly werkbedrijfOffices: readonly WerkbedrijfOffice[];
  readonly exceptions: readonly RecordedException[];
};

export type Named<Id> = { readonly id: Id; readonly name: string };

export type Arbeidsmarktregio = Named<ArbeidsmarktregioId> & {
  /** For reports that look at country and town apart (A13); undefined: not said. */
  readonly character: 'rural' | 'urban' | undefined;
  readonly municipalities: readonly Named<string>[];
};

/** Werkbedrijf's offices are organised by arbeidsmarktregio, within rayons (A04, A05). */
export type WerkbedrijfOffice = Named<WerkbedrijfOfficeId> & {
  readonly rayon: RayonId;
  readonly arbeidsmarktregio: ArbeidsmarktregioId;
};

/** A rule that the organisation breaks knowingly, for one office, region or team. */
export type RecordedException = {
  readonly rule: ExceptionRule;
  /** The id of the arbeidsmarktregio (A06), office (A07) or team (B01). */
  readonly of: string;
  readonly reason: string;
  /** Who decided it (B38); undefined in versions from before it was asked. */
  readonly decision: string | undefined;
};
export type ExceptionRule = 'A06' | 'A07' | 'B01';
export const EXCEPTION_RULES: readonly ExceptionRule[] = ['A06', 'A07', 'B01'];

/** Cases that no team of these offices takes, on purpose: they wait for a person of the office. */
export type ByHand = {
  readonly laws: readonly string[] | 'all';
  readonly products: readonly string[] | 'all';
  readonly lines: readonly string[] | 'all';
  readonly offices: readonly OfficeId[] | 'all';
  readonly reason: string;
};

export type RecordedExclusion = Exclusion & { readonly reason: string };

/** At least so many net minutes a week of a role in each regular team, or in each office. */
export type RoleFloor = {
  readonly role: string;
  readonly minutes: number;
  readonly per: 'team' | 'office';
};

/** Classes, of age or another whole number, that cover all from `from` to `to` once (C03). */
export type Classification = {
  readonly id: string;
  readonly name: string;
  readonly from: number;
  /** Undefined: without an end. */
  readonly to: number | undefined;
  readonly classes: readonly AgeClass[];
  /** Clients that were counted apart. */
  readonly counts: readonly Counted[];
};

export type OfficeDocument = Omit<Office, 'teams'> & {
  readonly teams: readonly TeamDocument[];
  /** Postcodes that several teams have on purpose (A17, B32). */
  readonly sharedRanges: readonly SharedRange[];
  /** Neighbourhoods that are too close for one team alone (A15, A17, B42). */
  readonly sensitiveNeighbourhoods: readonly Neighbourhood[];
  /** In the place of those of the organisation (E20). */
  readonly normTimes: ReadonlyMap<string, number>;
};

export type TeamDocument = Omit<Team, 'capacity'> & { readonly capacity: readonly Hours[] };

/** Hours of one person or of several, and what of them is left for cases: `minutes` (C12, E21). */
export type Hours = Capacity & {
  readonly role: string;
  readonly contractMinutes: number;
  readonly sideTasks: readonly SideTask[];
  /** Days of five on which there is no work on cases, in halves. */
  readonly exemptDays: number;
  /** The one line that these hours are for (B16); undefined: for all that the team does. */
  readonly line: string | undefined;
};

export type SharedRange = {
  readonly postcodes: readonly PostcodeRange[];
  readonly teams: readonly TeamId[];
  readonly reason: string;
};

export type Neighbourhood = {
  readonly id: string;
  readonly name: string;
  readonly postcodes: readonly PostcodeRange[];
  readonly reason: string;
};

/** Ten times the organisation of today; beyond that a file is not a demarcation. */
export const OFFICES_MAX = 270;
export const LIST_ITEMS_MAX = 512;
export const TEAMS_PER_OFFICE_MAX = 64;
export const RANGES_PER_TEAM_MAX = 1024;
