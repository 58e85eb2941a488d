/** Invented clients for tests, in as few words as a test needs. */
import {
  isBsnSuffix,
  isClientKey,
  isIdentifier,
  isLocalDate,
  isPostcode,
  must,
  type ClientKey,
  type ClientState,
  type LocalDate,
  type OpenCase,
  type ParkedCode,
} from '@smc/domain';
import type { ClientSource } from '../plan/plan-moves.ts';

export type CaseNotes = {
  readonly law?: string;
  readonly product?: string;
  readonly employment?: string;
  readonly idle?: boolean;
  readonly dossier?: boolean;
  readonly parked?: ParkedCode;
  readonly awaiting?: string;
};

export type ClientNotes = Partial<
  Pick<ClientState, 'participatiewet' | 'groups' | 'formerGroups' | 'sequence' | 'addressKind'>
> & {
  readonly team?: string;
  readonly office?: string;
  readonly postcode?: string;
  readonly suffix?: string;
  /** One ZW assessment where nothing is said; none: no case is open. */
  readonly cases?: readonly CaseNotes[];
  readonly closedOn?: string;
};

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';

/** `keyOf(1)` comes before `keyOf(2)`. */
export function keyOf(n: number): ClientKey {
  let text = '';
  for (let left = n; text.length < 26; left = Math.floor(left / 32)) {
    text = (ALPHABET[left % 32] ?? '') + text;
  }
  return must(isClientKey(text) ? text : undefined, 'a client key');
}

export function day(text: string): LocalDate {
  return must(isLocalDate(text) ? text : undefined, 'a day');
}

export function id<Name extends string>(text: string) {
  return must(isIdentifier<Name>(text) ? text : undefined, 'an identifier');
}

export function clientOf(notes: ClientNotes): ClientState {
  const { team, office, postcode = '3500AA', suffix = '00', cases = [{}] } = notes;
  return {
    bsnSuffix: must(isBsnSuffix(suffix) ? suffix : undefined, 'a suffix'),
    addressKind: notes.addressKind ?? 'dutch',
    postcode: must(isPostcode(postcode) ? postcode : undefined, 'a postcode'),
    participatiewet: notes.participatiewet ?? false,
    participatiewetEndedOn: undefined,
    groups: notes.groups ?? [],
    formerGroups: notes.formerGroups ?? [],
    team: team === undefined ? undefined : id<'TeamId'>(team),
    office: team === undefined ? undefined : id<'OfficeId'>(office ?? team.split('-')[0] ?? team),
    journey: team === undefined ? 0 : 1,
    allClosedOn: notes.closedOn === undefined ? undefined : day(notes.closedOn),
    sequence: notes.sequence ?? 1,
    openCases: cases.map(caseOf),
    closedCases: [],
    recentEvents: [],
    addressAsOfMs: 0,
    statusAsOfMs: 0,
  };
}

function caseOf(notes: CaseNotes, n: number): OpenCase {
  return {
    caseId: id<'CaseId'>(`zaak-${n}`),
    law: notes.law ?? 'ZW',
    product: notes.product ?? 'zw-beoordeling',
    employment: notes.employment ?? 'ww',
    receivedOn: day('2026-02-01'),
    receivedAtMs: n,
    dossierRef: notes.dossier === false ? undefined : id<'DossierRef'>(`dossier-${n}`),
    category: undefined,
    activity: notes.idle === true ? 'idle' : 'active',
    parked: notes.parked,
    awaiting: notes.awaiting === undefined ? undefined : id<'OfficeId'>(notes.awaiting),
  };
}

/** The clients get the keys 1, 2, 3 ... in their order. */
export function sourceOf(clients: readonly ClientNotes[]): ClientSource {
  const states = new Map(clients.map((notes, i) => [keyOf(i + 1), clientOf(notes)]));
  return { keys: () => states.keys(), get: (key) => states.get(key) };
}

/** So many clients that are alike. */
export function times(n: number, notes: ClientNotes): readonly ClientNotes[] {
  return Array.from({ length: n }, () => notes);
}
