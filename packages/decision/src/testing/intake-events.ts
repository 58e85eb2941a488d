/** Intake events for tests: the client is `CLIENT` and lives at 3520 AA unless told otherwise. */
import type {
  AddressKind,
  BsnSuffix,
  CaseActivity,
  CaseClosed,
  CaseId,
  CaseReclassified,
  CaseRegistered,
  ClientKey,
  ClientMoved,
  ClientStatusChanged,
  DossierRef,
  EventId,
  LocalDate,
  Postcode,
} from '@smc/domain';
import { toEpochDay } from '@smc/domain';

export const CLIENT = 'abcdefghijklmnopqrstuvwxyz' as ClientKey;

type Common = { readonly on: string; readonly clientKey?: string; readonly eventId?: string };

/** `3511 AC`, `postbus 3500 GA`, `foreign`, `secret` or `none`. */
export function addressOf(text: string): {
  readonly addressKind: AddressKind;
  readonly postcode: Postcode | undefined;
} {
  const [first = '', ...rest] = text.split(' ');
  if (/^[0-9]/.test(first)) {
    return { addressKind: 'dutch', postcode: text.replace(' ', '') as Postcode };
  }
  const postcode = rest.length === 0 ? undefined : (rest.join('') as Postcode);
  return { addressKind: first as AddressKind, postcode };
}

export function caseRegistered(
  about: Common & {
    readonly caseId: string;
    readonly address?: string;
    readonly bsn?: string;
    readonly law?: string;
    readonly product?: string;
    readonly employment?: string;
    readonly category?: string;
    readonly participatiewet?: boolean;
    readonly groups?: readonly string[];
    readonly formerGroups?: readonly string[];
  },
): CaseRegistered {
  return {
    type: 'CaseRegistered',
    ...common(about, `case-${about.caseId}`),
    caseId: about.caseId as CaseId,
    bsnSuffix: (about.bsn ?? '00') as BsnSuffix,
    ...addressOf(about.address ?? '3520 AA'),
    law: about.law ?? 'WIA',
    product: about.product ?? 'wia-aanvraag',
    employment: about.employment ?? 'tijdelijk-dienstverband',
    participatiewet: about.participatiewet ?? false,
    groups: about.groups ?? [],
    formerGroups: about.formerGroups ?? [],
    category: about.category,
    employerKey: undefined,
    dossierRef: `dossier-${about.caseId}` as DossierRef,
    channel: 'central',
  };
}

export function caseClosed(about: Common & { readonly caseId: string }): CaseClosed {
  return {
    type: 'CaseClosed',
    ...common(about, `close-${about.caseId}-${about.on}`),
    caseId: about.caseId as CaseId,
    closedOn: about.on as LocalDate,
  };
}

export function caseReclassified(
  about: Common & {
    readonly caseId: string;
    readonly employment?: string;
    readonly category?: string;
    readonly activity?: CaseActivity;
  },
): CaseReclassified {
  return {
    type: 'CaseReclassified',
    ...common(about, `judged-${about.caseId}-${about.on}`),
    caseId: about.caseId as CaseId,
    employment: about.employment,
    category: about.category,
    activity: about.activity,
  };
}

export function clientMoved(about: Common & { readonly address: string }): ClientMoved {
  return {
    type: 'ClientMoved',
    ...common(about, `move-${about.on}`),
    ...addressOf(about.address),
    movedOn: about.on as LocalDate,
  };
}

export function statusChanged(
  about: Common & {
    readonly participatiewet?: boolean;
    readonly groups?: readonly string[];
    readonly formerGroups?: readonly string[];
  },
): ClientStatusChanged {
  return {
    type: 'ClientStatusChanged',
    ...common(about, `status-${about.on}`),
    participatiewet: about.participatiewet ?? false,
    groups: about.groups ?? [],
    formerGroups: about.formerGroups ?? [],
    changedOn: about.on as LocalDate,
  };
}

function common({ on, clientKey, eventId }: Common, defaultId: string) {
  const receivedOn = on as LocalDate;
  return {
    eventId: (eventId ?? defaultId) as EventId,
    clientKey: (clientKey ?? CLIENT) as ClientKey,
    receivedAtMs: toEpochDay(receivedOn) * 86_400_000,
    receivedOn,
  };
}
