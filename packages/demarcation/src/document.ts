/**
 * The demarcation document as it has been read: complete, checked and without places. It says all
 * that the decision needs (`@smc/decision`) and all that the divisions need besides it.
 */
import type {
  ArbeidsmarktregioId,
  DemarcationVersion,
  DistrictId,
  LocalDate,
  RayonId,
  WerkbedrijfOfficeId,
} from '@smc/domain';
import type { Office, Settings, Team } from '@smc/decision';
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
  readonly districts: readonly Named<DistrictId>[];
  readonly arbeidsmarktregios: readonly Named<ArbeidsmarktregioId>[];
  readonly rayons: readonly Named<RayonId>[];
  readonly werkbedrijfOffices: readonly WerkbedrijfOffice[];
  readonly exceptions: readonly RecordedException[];
};

export type Named<Id> = { readonly id: Id; readonly name: string };

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
};
export type ExceptionRule = 'A06' | 'A07' | 'B01';
export const EXCEPTION_RULES: readonly ExceptionRule[] = ['A06', 'A07', 'B01'];

export type OfficeDocument = Omit<Office, 'teams'> & { readonly teams: readonly Team[] };

/** Ten times the organisation of today; beyond that a file is not a demarcation. */
export const OFFICES_MAX = 270;
export const LIST_ITEMS_MAX = 512;
export const TEAMS_PER_OFFICE_MAX = 64;
export const RANGES_PER_TEAM_MAX = 1024;
