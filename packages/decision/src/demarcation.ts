/**
 * The demarcation (afbakening) as the decision sees it: who belongs where, on which day, by which
 * document. It is assembled from a published version and never changes afterwards.
 */
import type {
  ArbeidsmarktregioId,
  Basis,
  BsnSuffix,
  ContentHash,
  DemarcationVersion,
  DistrictId,
  LocalDate,
  OfficeId,
  Postcode,
  TeamId,
} from '@smc/domain';

export type Demarcation = {
  readonly version: DemarcationVersion;
  readonly contentHash: ContentHash;
  /** The first day on which it holds. */
  readonly effectiveFrom: LocalDate;
  /** The decision that made it (B38): `RvB 23-245`. */
  readonly decisionReference: string;
  readonly settings: Settings;
  readonly offices: ReadonlyMap<OfficeId, Office>;
  readonly teams: ReadonlyMap<TeamId, Team>;
  /** Postcode to office, always the first step (A02). Total over the postcodes in use. */
  readonly areas: PostcodeAreas;
};

/** What people decide and the sources leave open, with the default of the design. */
export type Settings = {
  /** A journey has ended when this long has passed since the last case closed. Default 6. */
  readonly journeyEndMonths: number;
  /** What happens to a client whose address can't be looked up by postcode. Default: parked. */
  readonly routes: Readonly<Record<'postbus' | 'foreign' | 'secret' | 'none', Route>>;
};

export type Route =
  | { readonly kind: 'park' }
  /** The address counts as one of this office; its basis then decides. */
  | { readonly kind: 'office'; readonly office: OfficeId };

export type Office = {
  readonly id: OfficeId;
  readonly name: string;
  readonly district: DistrictId;
  /** Ascending by `from`; the last one that has begun holds (A08, A21: its own switch date). */
  readonly bases: readonly { readonly from: LocalDate; readonly basis: Basis }[];
  readonly teams: readonly TeamId[];
};

export type Team = {
  readonly id: TeamId;
  readonly name: string;
  readonly office: OfficeId;
  readonly from: LocalDate;
  /** The first day on which the team no longer exists; absent: no end is known. */
  readonly until: LocalDate | undefined;
  /** The laws and products it handles; `all` is the meerwettig default (B02). */
  readonly laws: readonly string[] | 'all';
  readonly products: readonly string[] | 'all';
  /** Inclusive, `3511` to `3525` or `3511AA` to `3511ZZ`; PC6 ranges beat PC4 ranges. */
  readonly postcodes: readonly PostcodeRange[];
  /** Inclusive ranges of the last two digits of the BSN. */
  readonly bsnSuffixes: readonly { readonly from: BsnSuffix; readonly to: BsnSuffix }[];
};

/** Both ends in full: a PC4 range is written `3511AA` to `3525ZZ` and marked by its precision. */
export type PostcodeRange = {
  readonly from: string;
  readonly to: string;
  readonly precision: 'pc4' | 'pc6';
};

export type Area = {
  readonly office: OfficeId;
  readonly arbeidsmarktregio: ArbeidsmarktregioId;
};

/** Postcode to area. An exception on a whole postcode beats the answer for its four digits. */
export type PostcodeAreas = {
  lookUp(postcode: Postcode): { readonly area: Area; readonly exception: boolean } | undefined;
};

/** The versions a partition decides by. */
export type Rulebook = {
  /** The last activated version that holds on this day; undefined: none does. */
  demarcationOn(date: LocalDate): Demarcation | undefined;
};
