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
  /** Which line (cliëntlijn) a case belongs to by law and employment (B12); empty: no lines. */
  readonly lines: LineTable;
  /** Undefined: the document names no PW SMC; its clients wait for a person. */
  readonly participatiewet: Participatiewet | undefined;
  /** In the order of the document (B19-B23). */
  readonly specialGroups: readonly SpecialGroup[];
  readonly exclusions: readonly Exclusion[];
  readonly weights: Weights;
  readonly bands: ReadonlyMap<string, Band>;
  readonly offices: ReadonlyMap<OfficeId, Office>;
  readonly teams: ReadonlyMap<TeamId, Team>;
  /** Postcode to office, always the first step (A02). Total over the postcodes in use. */
  readonly areas: PostcodeAreas;
};

/** What people decide and the sources leave open, with the default of the design. */
export type Settings = {
  /** The rules in the order in which they are asked; each once, `area` last. */
  readonly precedence: readonly PrecedenceRule[];
  /** Whether a client who moves stays with the team (default) or follows the new address. */
  readonly onMove: 'keep-team' | 'by-address';
  /** A journey has ended when this long has passed since the last case closed. Default 6. */
  readonly journeyEndMonths: number;
  /** What happens to a client whose address can't be looked up by postcode. Default: parked. */
  readonly routes: Readonly<Record<'postbus' | 'foreign' | 'secret' | 'none', Route>>;
};

export type Route =
  | { readonly kind: 'park' }
  /** The address counts as one of this office; its basis then decides. */
  | { readonly kind: 'office'; readonly office: OfficeId };

/** The order of design section 4; an organisation may choose another. */
export const DEFAULT_PRECEDENCE: readonly PrecedenceRule[] = [
  'participatiewet',
  'group',
  'journey',
  'exclusion',
  'area',
];
export type PrecedenceRule = 'participatiewet' | 'group' | 'journey' | 'exclusion' | 'area';

export type LineTable = readonly {
  readonly law: string;
  readonly employment: string;
  readonly line: string;
}[];

/** "De Participatiewet [blijft] apart georganiseerd in een eigen SMC" (B06). */
export type Participatiewet = {
  /** How long the PW SMC keeps a client after the benefit has ended (B08). Default 12. */
  readonly naloopMonths: number;
  /** For a client without a known office, or of an office that is not named below. */
  readonly team: TeamId;
  readonly byOffice: ReadonlyMap<OfficeId, TeamId>;
};

/** "Zij krijgen dienstverlening op één locatie" (B21). */
export type SpecialGroup = {
  readonly group: string;
  /** Undefined: not decided yet. Such a document can't be activated; its members wait. */
  readonly team: TeamId | undefined;
  /** Whether former work counts too (B20: it does, unless the document says otherwise). */
  readonly members: 'current' | 'current-or-former';
};

/** Clients of a group who are not distributed by the basis of their office (C05, C27). */
export type Exclusion = {
  readonly id: string;
  readonly group: string;
  /** The first day on which it no longer holds; undefined: it is permanent. */
  readonly until: LocalDate | undefined;
  /** The team that helps them; undefined: they wait for a person of their office. */
  readonly team: TeamId | undefined;
};

/** What an open case counts for, in thousandths of a case: the product of the three. */
export type Weights = {
  readonly products: ReadonlyMap<string, number>;
  readonly categories: ReadonlyMap<string, number>;
  readonly idle: number;
};
/** What is not named weighs one case. */
export const WHOLE_CASE = 1000;

/** Weighted cases per available hour, in thousandths (D01): outside it is a signal, no block (D04). */
export type Band = { readonly min: number; readonly max: number };

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
  /** `regular` teams are reached by area; the others only by the rule that names them. */
  readonly profile: TeamProfile;
  /** What it may handle, ascending by `from`; the last one that has begun holds (B34). */
  readonly competences: readonly Competence[];
  /** Its available hours, each entry for its time; empty: not known. */
  readonly capacity: readonly Capacity[];
  /** The name of its band; undefined: it has none. */
  readonly band: string | undefined;
  /** Inclusive, `3511` to `3525` or `3511AA` to `3511ZZ`; PC6 ranges beat PC4 ranges. */
  readonly postcodes: readonly PostcodeRange[];
  /** Inclusive ranges of the last two digits of the BSN. */
  readonly bsnSuffixes: readonly { readonly from: BsnSuffix; readonly to: BsnSuffix }[];
};

export type TeamProfile = 'regular' | 'participatiewet' | 'special-group';

/** `all` is the meerwettig default (B02). */
export type Competence = {
  readonly from: LocalDate;
  readonly laws: readonly string[] | 'all';
  readonly products: readonly string[] | 'all';
  /** A line split is optional and dated (B03, B13). */
  readonly lines: readonly string[] | 'all';
};

/** Minutes a week that are there for cases: net of side tasks and exemptions (C12, E21). */
export type Capacity = {
  readonly from: LocalDate;
  /** The first day without it; undefined: no end is known (C16, C17). */
  readonly until: LocalDate | undefined;
  readonly minutes: number;
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
  /** Whether the office's load is counted: some version that is active lets it divide by workload. */
  counts(office: OfficeId): boolean;
};
