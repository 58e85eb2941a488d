/** What an event tells of a client, whatever is decided by it. */
import type {
  AddressKind,
  CaseClosed,
  CaseReclassified,
  CaseRegistered,
  LocalDate,
  Postcode,
} from '@smc/domain';
import { isPlaced, type NaiveCase, type NaiveClient, type Outcome } from './model.ts';

type Told = { readonly receivedAtMs: number };
type Address = { readonly addressKind: AddressKind; readonly postcode: Postcode | undefined };
type Status = {
  readonly participatiewet: boolean;
  readonly groups: readonly string[];
  readonly formerGroups: readonly string[];
};

/** Whether it was news: an older address does not overwrite a newer one. */
export function takeAddress(client: NaiveClient, event: Told & Address): boolean {
  if (event.receivedAtMs < client.addressAsOfMs) return false;
  client.addressKind = event.addressKind;
  client.postcode = event.postcode;
  client.addressAsOfMs = event.receivedAtMs;
  return true;
}

/** Whether it was news. `since` is the day of a change, from which a naloop counts (B08). */
export function takeStatus(client: NaiveClient, event: Told & Status, since: LocalDate): boolean {
  if (event.receivedAtMs < client.statusAsOfMs) return false;
  if (event.participatiewet) client.participatiewetEndedOn = undefined;
  else if (client.participatiewet) client.participatiewetEndedOn = since;
  client.participatiewet = event.participatiewet;
  client.groups = event.groups;
  client.formerGroups = event.formerGroups;
  client.statusAsOfMs = event.receivedAtMs;
  return true;
}

export function openCase(client: NaiveClient, event: CaseRegistered): NaiveCase {
  const { caseId, law, product, employment, receivedOn, receivedAtMs, category } = event;
  const opened: NaiveCase = {
    caseId,
    law,
    product,
    employment,
    receivedOn,
    receivedAtMs,
    category,
    activity: 'active',
    parked: undefined,
    awaiting: undefined,
    isUndecided: true,
  };
  client.open.push(opened);
  client.allClosedOn = undefined;
  return opened;
}

export function reclassify(one: NaiveCase, event: CaseReclassified): void {
  one.employment = event.employment ?? one.employment;
  one.category = event.category ?? one.category;
  one.activity = event.activity ?? one.activity;
}

/** A closed case releases the team that had it (D15). */
export function closeCase(client: NaiveClient, one: NaiveCase, event: CaseClosed): Outcome {
  client.open.splice(client.open.indexOf(one), 1);
  client.closed.push(one.caseId);
  if (client.open.length === 0) client.allClosedOn = event.closedOn;
  client.sequence += 1;
  return {
    type: 'CaseReleased',
    sequence: client.sequence,
    caseId: one.caseId,
    team: isPlaced(one) ? client.team : undefined,
    office: isPlaced(one) ? client.office : undefined,
    closedOn: event.closedOn,
  };
}
