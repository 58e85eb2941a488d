/**
 * Asks the decision itself who helps, with a case that nobody sent. What is shown, compared and
 * drawn of a document is therefore what the router would do with it; there is no second set of
 * rules here.
 */
import {
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
  type TeamId,
} from '@smc/domain';
import { decide, rulebookOf, type Demarcation, type Rulebook } from '@smc/decision';
import { demarcationOf } from '../assemble-demarcation.ts';
import { sha256 } from '../content-hash.ts';
import type { DemarcationDocument } from '../document.ts';

/** A case as it might come in: its client is new, lives there and has no special status. */
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
    const teams = first.kind === 'teams' ? sharingTeams(first.reasons) : 0;
    return first.kind === 'teams' && teams > 1
      ? { ...first, choice: 'share', teams: allOf(about, rulebook, teams) }
      : first;
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
  for (const event of decided.value.toOffices) {
    if (event.type === 'TeamRequested') {
      return { kind: 'teams', teams: event.teams, choice: 'workload', reasons: [] };
    }
  }
  throw new TypeError('a new case is assigned, parked or put to its office');
}

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
    participatiewet: false,
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
