/** Invented assignment events, numbered per client as the router numbers them. */
import {
  isClientKey,
  isContentHash,
  isIdentifier,
  isLocalDate,
  must,
  type Brand,
  type CaseAssigned,
  type CaseParked,
  type CaseReleased,
  type ClientHandedOver,
  type ClientKey,
  type LocalDate,
} from '@smc/domain';

/** `id('team-1')` as whatever identifier its place asks for. */
export function id<Name extends string>(text: string): Brand<string, Name> {
  return must(isIdentifier<Name>(text) ? text : undefined, `${text} is no identifier`);
}

export function date(text: string): LocalDate {
  return must(isLocalDate(text) ? text : undefined, `${text} is no day`);
}

/** The n-th invented client. */
export function clientKey(n: number): ClientKey {
  const digits = n.toString(32).replace(/[0-9a-v]/g, (digit) => {
    return 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(digit, 32));
  });
  const key = digits.padStart(26, 'a');
  return must(isClientKey(key) ? key : undefined, `${key} is no client key`);
}

const HASH = 'ab'.repeat(32);
const MONDAY_MS = Date.UTC(2026, 10, 23, 9);

type Given<T> = Partial<Omit<T, 'type'>> & { readonly clientKey: ClientKey };

/** Makes the events of any number of clients, each client's in order. */
export class EventMaker {
  readonly #sequences = new Map<ClientKey, number>();
  #made = 0;

  assigned(given: Given<CaseAssigned>): CaseAssigned {
    return {
      type: 'CaseAssigned',
      ...this.#decided(given.clientKey),
      caseId: id(`case-${this.#made}`),
      ...TEAM,
      law: 'WIA',
      product: 'wia-aanvraag',
      line: undefined,
      rule: 'postcode',
      basis: 'postcode',
      journey: 1,
      dossierRef: undefined,
      ...given,
    };
  }

  handedOver(given: Given<ClientHandedOver>): ClientHandedOver {
    return {
      type: 'ClientHandedOver',
      ...this.#decided(given.clientKey),
      fromTeam: id('utrecht-1'),
      fromOffice: id('utrecht'),
      ...TEAM,
      team: id('utrecht-2'),
      cause: 'team-ended',
      journey: 1,
      cases: [],
      ...given,
    };
  }

  parked(given: Given<CaseParked>): CaseParked {
    return {
      type: 'CaseParked',
      ...this.#decided(given.clientKey),
      caseId: id(`case-${this.#made}`),
      code: 'MANUAL_BASIS',
      office: id('utrecht'),
      district: id('midden'),
      law: 'WIA',
      product: 'wia-aanvraag',
      dossierRef: undefined,
      ...given,
    };
  }

  released(given: Given<CaseReleased>): CaseReleased {
    return {
      type: 'CaseReleased',
      ...this.#fact(given.clientKey),
      caseId: id(`case-${this.#made}`),
      team: id('utrecht-1'),
      office: id('utrecht'),
      closedOn: date('2026-11-23'),
      ...given,
    };
  }

  #decided(client: ClientKey) {
    return {
      ...this.#fact(client),
      demarcation: id<'DemarcationVersion'>('2026-07'),
      demarcationHash: must(isContentHash(HASH) ? HASH : undefined, 'a hash'),
      effectiveOn: date('2026-11-23'),
      explanation: [{ code: 'BASIS_OF_OFFICE', parameters: ['utrecht', 'postcode'] }] as const,
      receivedAtMs: MONDAY_MS + this.#made,
    };
  }

  #fact(client: ClientKey) {
    const clientSequence = (this.#sequences.get(client) ?? 0) + 1;
    this.#sequences.set(client, clientSequence);
    const offset = this.#made++;
    return {
      eventId: id<'EventId'>(`smc.intake-0-${offset}-0`),
      clientKey: client,
      clientSequence,
      source: { topic: 'smc.intake', partition: 0, offset },
    };
  }
}

const TEAM = {
  team: id<'TeamId'>('utrecht-1'),
  office: id<'OfficeId'>('utrecht'),
  district: id<'DistrictId'>('midden'),
  arbeidsmarktregio: id<'ArbeidsmarktregioId'>('midden-utrecht'),
};
