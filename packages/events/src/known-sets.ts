/** The closed sets of the domain as data. The compiler refuses a set that lacks a member. */
import {
  ADDRESS_KINDS,
  CASE_ACTIVITIES,
  CHANNELS,
  DIVISIONS,
  type AddressKind,
  type Basis,
  type CaseActivity,
  type Channel,
  type CommandAnswered,
  type DeadLetterCode,
  type Division,
  type HandoverCause,
  type ParkedCode,
  type ReasonCode,
  type Rule,
} from '@smc/domain';
import { namesOf } from './event-schemas.ts';

export const addressKinds: ReadonlySet<AddressKind> = new Set(ADDRESS_KINDS);
export const activities: ReadonlySet<CaseActivity> = new Set(CASE_ACTIVITIES);
export const channels: ReadonlySet<Channel> = new Set(CHANNELS);
export const divisions: ReadonlySet<Division> = new Set(DIVISIONS);

export const bases: ReadonlySet<Basis> = new Set(
  namesOf<Basis>({ postcode: true, bsn: true, workload: true, manual: true }),
);

export const rules: ReadonlySet<Rule> = new Set(
  namesOf<Rule>({
    journey: true,
    postcode: true,
    bsn: true,
    participatiewet: true,
    group: true,
    exclusion: true,
    workload: true,
  }),
);

export const handoverCauses: ReadonlySet<HandoverCause> = new Set(
  namesOf<HandoverCause>({
    'team-ended': true,
    'team-cannot-handle': true,
    samenloop: true,
    'naloop-ended': true,
    'special-group': true,
    'group-ended': true,
    exclusion: true,
    moved: true,
  }),
);

export const parkedCodes: ReadonlySet<ParkedCode> = new Set(
  namesOf<ParkedCode>({
    MANUAL_BASIS: true,
    POSTCODE_UNKNOWN: true,
    ADDRESS_POSTBUS: true,
    ADDRESS_FOREIGN: true,
    ADDRESS_SECRET: true,
    ADDRESS_NONE: true,
    NO_DEMARCATION_ON_DATE: true,
    NO_BASIS_ON_DATE: true,
    NO_TEAM_FOR_CASE: true,
    GROUPS_CONTRADICT: true,
    GROUP_UNDECIDED: true,
    PARTICIPATIEWET_UNDECIDED: true,
    EXCLUDED: true,
  }),
);

export const reasonCodes: ReadonlySet<ReasonCode> = new Set(
  namesOf<ReasonCode>({
    JOURNEY_KEEPS_TEAM: true,
    JOURNEY_NONE_RUNNING: true,
    JOURNEY_ENDED: true,
    JOURNEY_TEAM_ENDED: true,
    JOURNEY_TEAM_CANNOT_HANDLE: true,
    OFFICE_BY_POSTCODE: true,
    OFFICE_BY_POSTCODE_EXCEPTION: true,
    OFFICE_BY_ROUTE: true,
    BASIS_OF_OFFICE: true,
    TEAM_BY_POSTCODE: true,
    TEAM_BY_BSN: true,
    TEAM_INELIGIBLE: true,
    PARKED: true,
    PLACED_AFTER_PARKING: true,
    RULES_PASSED: true,
    PARTICIPATIEWET_CLIENT: true,
    PARTICIPATIEWET_NALOOP: true,
    PARTICIPATIEWET_NALOOP_ENDED: true,
    PARTICIPATIEWET_TEAM: true,
    GROUP_MEMBER: true,
    GROUP_FORMER_MEMBER: true,
    GROUP_FORMER_NOT_COUNTED: true,
    GROUPS_CONTRADICT: true,
    GROUP_TEAM: true,
    EXCLUDED_FROM_DISTRIBUTION: true,
    EXCLUSION_ENDED: true,
    JOURNEY_NALOOP_ENDED: true,
    JOURNEY_GROUP_ENDED: true,
    JOURNEY_CLIENT_MOVED: true,
    LINE_OF_CASE: true,
    LINE_UNKNOWN: true,
    TEAM_BY_SHARE: true,
    TEAM_BY_WORKLOAD: true,
    NEXT_BY_WORKLOAD: true,
    BAND_ABOVE: true,
    BAND_BELOW: true,
  }),
);

export const commandTypes: ReadonlySet<CommandAnswered['command']> = new Set(
  namesOf<CommandAnswered['command']>({ DemarcationActivated: true, TeamChosen: true }),
);

export const commandOutcomes: ReadonlySet<CommandAnswered['outcome']> = new Set(
  namesOf<CommandAnswered['outcome']>({ taken: true, skipped: true, refused: true }),
);

export const deadLetterCodes: ReadonlySet<DeadLetterCode> = new Set(
  namesOf<DeadLetterCode>({
    NOT_FRAMED: true,
    UNKNOWN_SCHEMA: true,
    UNEXPECTED_SCHEMA: true,
    NOT_AVRO: true,
    ARRAY_TOO_LONG: true,
    TOO_MANY_HEADERS: true,
    HEADERS_TOO_LARGE: true,
    HEADERS_DAMAGED: true,
    VALUE_TOO_LARGE: true,
    VALUE_MISSING: true,
    KEY_MISMATCH: true,
    FIELD_INVALID: true,
    CASE_UNKNOWN: true,
    TOO_MANY_OPEN_CASES: true,
  }),
);
