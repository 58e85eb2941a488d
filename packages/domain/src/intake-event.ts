/**
 * What central intake tells us. Nothing here identifies a person: the BSN became a client key and
 * two digits at the door. Laws, products, employment kinds and groups are codes of the code lists
 * in `schemas/code-lists.json`: texts here, so that a new product needs no new router.
 */
import type { BsnSuffix } from './bsn.ts';
import type { CaseId, ClientKey, DossierRef, EmployerKey, EventId } from './identifiers.ts';
import type { LocalDate } from './local-date.ts';
import type { Postcode } from './postcode.ts';

/** Where a client lives, as far as it can decide anything. Only `dutch` comes with a postcode. */
export type AddressKind = 'dutch' | 'postbus' | 'foreign' | 'secret' | 'none';
export const ADDRESS_KINDS: readonly AddressKind[] = [
  'dutch',
  'postbus',
  'foreign',
  'secret',
  'none',
];

/** Nearly all post comes in centrally; `local` is the other door and gets the same answer (A01). */
export type Channel = 'central' | 'local';
export const CHANNELS: readonly Channel[] = ['central', 'local'];

/** Whether a case needs work now: an idle one stays open and weighs less (D14, E04, E24). */
export type CaseActivity = 'active' | 'idle';
export const CASE_ACTIVITIES: readonly CaseActivity[] = ['active', 'idle'];

/** At most so many special groups per client; a reader refuses more. */
export const GROUPS_MAX = 8;

type IntakeFact = {
  readonly eventId: EventId;
  readonly clientKey: ClientKey;
  /** When intake received it: milliseconds since 1970, UTC. */
  readonly receivedAtMs: number;
  /** The day of `receivedAtMs` in the Netherlands. Rules hold as of this day (A10, A21). */
  readonly receivedOn: LocalDate;
};

export type CaseRegistered = IntakeFact & {
  readonly type: 'CaseRegistered';
  readonly caseId: CaseId;
  readonly bsnSuffix: BsnSuffix;
  readonly addressKind: AddressKind;
  /** Present for `dutch` (a home address) and `postbus`; absent otherwise. */
  readonly postcode: Postcode | undefined;
  readonly law: string;
  readonly product: string;
  readonly employment: string;
  readonly participatiewet: boolean;
  /** Special groups that the client belongs to (B19). */
  readonly groups: readonly string[];
  /** Special groups that the client belonged to: former work counts too (B20). */
  readonly formerGroups: readonly string[];
  /** The client group by distance to work (E22, E38): a code; absent where nobody has judged it. */
  readonly category: string | undefined;
  readonly employerKey: EmployerKey | undefined;
  readonly dossierRef: DossierRef | undefined;
  readonly channel: Channel;
};

export type CaseClosed = IntakeFact & {
  readonly type: 'CaseClosed';
  readonly caseId: CaseId;
  readonly closedOn: LocalDate;
};

export type ClientMoved = IntakeFact & {
  readonly type: 'ClientMoved';
  readonly addressKind: AddressKind;
  readonly postcode: Postcode | undefined;
  readonly movedOn: LocalDate;
};

export type ClientStatusChanged = IntakeFact & {
  readonly type: 'ClientStatusChanged';
  readonly participatiewet: boolean;
  readonly groups: readonly string[];
  readonly formerGroups: readonly string[];
  readonly changedOn: LocalDate;
};

/**
 * A case is judged anew, as after every contact (E22). It may change line and weight; the client
 * keeps the team. Absent: as it was.
 */
export type CaseReclassified = IntakeFact & {
  readonly type: 'CaseReclassified';
  readonly caseId: CaseId;
  readonly employment: string | undefined;
  readonly category: string | undefined;
  readonly activity: CaseActivity | undefined;
};

export type IntakeEvent =
  | CaseRegistered
  | CaseClosed
  | CaseReclassified
  | ClientMoved
  | ClientStatusChanged;
