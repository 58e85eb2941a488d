/**
 * Asks the decision itself who helps, with a case that nobody sent. What is shown, compared and
 * drawn of a document is therefore what the router would do with it; there is no second set of
 * rules here.
 */
import {
  must,
  toEpochDay,
  TOPICS,
  type BsnSuffix,
  type CaseId,
  type CaseRegistered,
  type ClientKey,
  type ContentHash,
  type EventId,
  type LocalDate,
  type OfficeId,
  type ParkedCode,
  type Postcode,
  type Reason,
  type ReasonCode,
  type TeamChosen,
  type TeamId,
  type TeamRequested,
} from '@smc/domain';
import { decide, rulebookOf, type Decision, type Demarcation, type Rulebook } from '@smc/decision';
import { demarcationOf } from '../assemble-demarcation.ts';
import { sha256 } from '../content-hash.ts';
import type { DemarcationDocument } from '../document.ts';

/**
 * A case as it might come in: its client is new, lives there and belongs to no special group. One
 * under the Participatiewet comes from a client who receives it (B06).
 */
export type SyntheticCase = {
  readonly postcode: Postcode;
  readonly on: LocalDate;
  readonly bsnSuffix: BsnSuffix;
  readonly law: string;
  readonly product: string;
  readonly employment: string;
};

export type Helper =
  | {
      readonly kind: 'teams';
      /** Ascending. More than one where clients are shared by lot, or the office chooses by load. */
      readonly teams: readonly TeamId[];
      readonly choice: 'one' | 'share' | 'workload';
      readonly reasons: readonly Reason[];
    }
  | {
      readonly kind: 'parked';
      readonly code: ParkedCode;
      readonly office: OfficeId | undefined;
      readonly reasons: readonly Reason[];
    };

export type Asker = (about: SyntheticCase) => Helper;

/** Stands for the hash of content that was not published; no answer names it. */
const UNPUBLISHED = '0'.repeat(64) as ContentHash;
const DAY_MS = 86_400_000;
/** So many clients are tried before a team of a shared area counts as one without a share. */
const LOTS_MAX = 1024;

/** A document as the decision sees it; nobody has to have published it. */
export function unpublished(document: DemarcationDocument): Demarcation {
  return demarcationOf(document, UNPUBLISHED);
}

/** Asks by the rules of this document alone, on any day from its first on. */
export function askerOf(demarcation: Demarcation): Asker {
  const rulebook = rulebookOf([demarcation]);
  return (about) => {
    const first = helperOf(about, rulebook, 0);
    if (first.kind !== 'teams') return first;
    const sharing = sharingTeams(first.reasons);
    if (sharing === 1) return first;
    const teams = allOf(about, rulebook, sharing);
    return { ...first, choice: 'share', teams, reasons: ofAll(first.reasons) };
  };
}

/** Two helpers are the same when the same teams come to help, or the same work list. */
export function signatureOf(helper: Helper): string {
  return helper.kind === 'teams'
    ? `${helper.choice}:${helper.teams.join(',')}`
    : `parked:${helper.code}:${helper.office ?? ''}`;
}

/** Between how many teams the lot of the client chooses. */
function sharingTeams(reasons: readonly Reason[]): number {
  const shared = reasons.find(({ code }) => code === 'TEAM_BY_SHARE');
  return shared === undefined ? 1 : Number(shared.parameters[1]);
}

function allOf(about: SyntheticCase, rulebook: Rulebook, count: number): readonly TeamId[] {
  const found = new Set<TeamId>();
  for (let lot = 0; lot < LOTS_MAX && found.size < count; lot++) {
    const helper = helperOf(about, rulebook, lot);
    if (helper.kind === 'teams') for (const team of helper.teams) found.add(team);
  }
  return [...found].sort();
}

function helperOf(about: SyntheticCase, rulebook: Rulebook, lot: number): Helper {
  const source = { topic: TOPICS.intake, partition: 0, offset: 0 };
  const decided = decide({ event: registered(about, lot), source }, undefined, rulebook);
  if (!decided.ok) throw new TypeError(decided.refusal.reason);
  for (const event of decided.value.events) {
    if (event.type === 'CaseAssigned') {
      const { team, explanation } = event;
      return { kind: 'teams', teams: [team], choice: 'one', reasons: explanation };
    }
    if (event.type === 'CaseParked') {
      const { code, office, explanation } = event;
      return { kind: 'parked', code, office, reasons: explanation };
    }
  }
  for (const request of decided.value.toOffices) {
    if (request.type !== 'TeamRequested') continue;
    const answered = { event: chosenFor(request), source };
    const reasons = decide(answered, decided.value.state, rulebook);
    return {
      kind: 'teams',
      teams: request.teams,
      choice: 'workload',
      reasons: ofAll(reasons.ok ? explanationIn(reasons.value) : []),
    };
  }
  throw new TypeError('a new case is assigned, parked or put to its office');
}

/** An office's answer, of which only what led to the office is used: here nobody has a load. */
function chosenFor(request: TeamRequested): TeamChosen {
  const { office, clientKey, caseId, source, product, category, activity } = request;
  return {
    type: 'TeamChosen',
    eventId: request.eventId,
    source,
    clientKey,
    caseId,
    office,
    team: must(request.teams[0], 'an office is asked to choose between teams'),
    load: 0,
    minutes: 1,
    counted: { product, category, activity },
    compared: request.teams.length,
    next: undefined,
  };
}

function explanationIn({ events }: Decision): readonly Reason[] {
  const assigned = events.find((event) => event.type === 'CaseAssigned');
  return assigned?.explanation ?? [];
}

/** What speaks of the one team that the lot or the load pointed to for this client. */
const OF_ONE_CLIENT: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'TEAM_BY_POSTCODE',
  'TEAM_BY_BSN',
  'TEAM_BY_SHARE',
  'TEAM_BY_WORKLOAD',
  'NEXT_BY_WORKLOAD',
  'BAND_ABOVE',
  'BAND_BELOW',
]);

function ofAll(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter(({ code }) => !OF_ONE_CLIENT.has(code));
}

/** The code of the Participatiewet in `schemas/code-lists.json`. */
const PARTICIPATIEWET = 'PW';

function registered(about: SyntheticCase, lot: number): CaseRegistered {
  const { on, ...facts } = about;
  return {
    ...facts,
    type: 'CaseRegistered',
    eventId: 'synthetic' as EventId,
    caseId: 'synthetic' as CaseId,
    clientKey: lot === 0 ? FIRST_KEY : clientKeyOf(lot),
    receivedAtMs: toEpochDay(on) * DAY_MS,
    receivedOn: on,
    addressKind: 'dutch',
    participatiewet: about.law === PARTICIPATIEWET,
    groups: [],
    formerGroups: [],
    category: undefined,
    employerKey: undefined,
    dossierRef: undefined,
    channel: 'central',
  };
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const CLIENT_KEY_CHARACTERS = 26;

/** Client keys spread as real ones are, the same at every run. */
function clientKeyOf(lot: number): ClientKey {
  const digest = Buffer.from(sha256(String(lot)), 'hex');
  const characters = [...digest.subarray(0, CLIENT_KEY_CHARACTERS)].map((byte) =>
    BASE32.charAt(byte % BASE32.length),
  );
  return characters.join('') as ClientKey;
}

const FIRST_KEY = clientKeyOf(0);
