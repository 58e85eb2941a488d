import {
  unreachable,
  type Acknowledgement,
  type AssignmentEvent,
  type CaseAssigned,
  type CaseId,
  type CaseParked,
  type CaseReleased,
  type ClientHandedOver,
  type ClientKey,
} from '@smc/domain';
import { ASSIGNMENT_TYPES, type FollowedBatch } from '@smc/subscriber';
import { acknowledge, awaitDivisions, rankClient, settle } from './convergence.ts';
import { bucketOf } from './durations.ts';
import { Tally, type ViewChanges } from './view-changes.ts';
import { UNKNOWN_CLIENT, type CaseView, type ClientView } from './views.ts';

export const PROJECTED_TYPES = [...ASSIGNMENT_TYPES, 'Acknowledgement'] as const;
export type ProjectedType = (typeof PROJECTED_TYPES)[number];
export const ASSIGNED_TYPES: readonly ProjectedType[] = ASSIGNMENT_TYPES;
export type ProjectedBatch = FollowedBatch<ProjectedType>;

/** What the store knows of the clients and cases of a batch. */
export type KnownViews = {
  readonly clients: ReadonlyMap<ClientKey, ClientView>;
  readonly cases: ReadonlyMap<CaseId, CaseView>;
};

export type Projection = {
  readonly changes: ViewChanges;
  /** Events whose number does not follow on what the store knew: the store has lost something. */
  readonly gaps: number;
  /** Records that are no event. */
  readonly unreadable: number;
};

/** The clients and cases that a batch touches, to be read in bulk. */
export function touchedBy(batch: ProjectedBatch): {
  readonly clients: readonly ClientKey[];
  readonly cases: readonly CaseId[];
} {
  const clients = new Set<ClientKey>();
  const cases = new Set<CaseId>();
  for (const { event } of batch.records) {
    if (!event.ok) continue;
    clients.add(event.value.clientKey);
    if ('caseId' in event.value) cases.add(event.value.caseId);
  }
  return { clients: [...clients], cases: [...cases] };
}

/**
 * What a batch changes in the read models. Pure: the same batch on the same views gives the same
 * changes. What stands (caseload, work lists, who is behind) is the difference between a view
 * before and after the batch; what happened (decisions, latency) is counted per event.
 */
export function projectBatch(batch: ProjectedBatch, known: KnownViews, nowMs: number): Projection {
  const draft = new Draft(known, nowMs);
  let unreadable = 0;
  for (const { event, timestampMs } of batch.records) {
    if (!event.ok) unreadable++;
    else if (event.value.type === 'Acknowledgement') draft.acknowledge(event.value);
    else draft.takeIn(event.value, timestampMs);
  }
  return { changes: draft.changes(batch.next), gaps: draft.gaps, unreadable };
}

class Draft {
  readonly #known: KnownViews;
  readonly #nowMs: number;
  readonly #tally = new Tally();
  readonly #clients = new Map<ClientKey, ClientView>();
  readonly #cases = new Map<CaseId, CaseView>();
  gaps = 0;

  constructor(known: KnownViews, nowMs: number) {
    this.#known = known;
    this.#nowMs = nowMs;
  }

  acknowledge(event: Acknowledgement): void {
    this.#clients.set(event.clientKey, acknowledge(this.#client(event.clientKey), event));
  }

  takeIn(event: AssignmentEvent, atMs: number): void {
    const client = this.#client(event.clientKey);
    if (event.clientSequence <= client.sequence) return;
    if (event.clientSequence > client.sequence + 1) this.gaps++;
    const next = { ...this.#apply(event, client, atMs), sequence: event.clientSequence };
    this.#clients.set(event.clientKey, awaitDivisions(next, atMs, this.#nowMs));
  }

  changes(positions: ViewChanges['positions']): ViewChanges {
    const tally = this.#tally;
    for (const [clientKey, drafted] of this.#clients) {
      const after = settle(drafted, tally);
      this.#clients.set(clientKey, after);
      const before = this.#known.clients.get(clientKey) ?? UNKNOWN_CLIENT;
      countCaseload(before, -1, tally);
      countCaseload(after, 1, tally);
      rankClient(clientKey, { before, after, tally });
    }
    for (const [caseId, after] of this.#cases) {
      rankCase(caseId, { before: this.#known.cases.get(caseId), after, tally });
    }
    const { counts, rankings } = tally;
    return { clients: this.#clients, cases: this.#cases, counts, rankings, positions };
  }

  #client(clientKey: ClientKey): ClientView {
    return this.#clients.get(clientKey) ?? this.#known.clients.get(clientKey) ?? UNKNOWN_CLIENT;
  }

  #case(caseId: CaseId): CaseView | undefined {
    return this.#cases.get(caseId) ?? this.#known.cases.get(caseId);
  }

  #apply(event: AssignmentEvent, client: ClientView, atMs: number): ClientView {
    switch (event.type) {
      case 'CaseAssigned':
        return this.#assigned(event, client, atMs);
      case 'ClientHandedOver':
        return this.#handedOver(event, client);
      case 'CaseParked':
        return this.#parked(event, client, atMs);
      case 'CaseReleased':
        return this.#released(event, client, atMs);
      default:
        return unreachable(event);
    }
  }

  #assigned(event: CaseAssigned, client: ClientView, atMs: number): ClientView {
    const { caseId, team, office, district, journey } = event;
    this.#cases.set(caseId, {
      ...this.#decided(event, atMs),
      status: 'assigned',
      rule: event.rule,
      ...(event.basis === undefined ? {} : { basis: event.basis }),
    });
    this.#tally.add('assigned', `${office}/${event.rule}`, 1);
    this.#tally.add('inflow', `${team}/${event.law}/${event.line ?? '-'}`, 1);
    this.#tally.add('latency-offices', office, 1);
    this.#tally.add(`latency/${office}`, String(bucketOf(atMs - event.receivedAtMs)), 1);
    const placed = [...without(client.placed, caseId), caseId];
    return {
      ...client,
      team,
      office,
      district,
      journey,
      placed,
      parked: without(client.parked, caseId),
    };
  }

  #handedOver(event: ClientHandedOver, client: ClientView): ClientView {
    this.#tally.add('handed-over', event.cause, 1);
    const { team, office, district, journey } = event;
    return { ...client, team, office, district, journey };
  }

  #parked(event: CaseParked, client: ClientView, atMs: number): ClientView {
    const { caseId, code, office } = event;
    this.#cases.set(caseId, {
      ...this.#decided(event, atMs),
      status: 'parked',
      code,
      ...(office === undefined ? {} : { worklist: office }),
    });
    this.#tally.add('parked', `${office ?? '-'}/${code}`, 1);
    const parked = [...without(client.parked, caseId), caseId];
    return { ...client, parked, placed: without(client.placed, caseId) };
  }

  #released(event: CaseReleased, client: ClientView, atMs: number): ClientView {
    const { caseId, team, closedOn } = event;
    const open = this.#case(caseId);
    if (open !== undefined) {
      const { code: _, worklist: __, ...rest } = open;
      const closedBy = team === undefined ? {} : { closedBy: team };
      this.#cases.set(caseId, {
        ...rest,
        status: 'closed',
        changedAtMs: atMs,
        closedOn,
        ...closedBy,
      });
    }
    const placed = without(client.placed, caseId);
    return { ...client, placed, parked: without(client.parked, caseId) };
  }

  /** What a case keeps of any decision about it. */
  #decided(event: CaseAssigned | CaseParked, atMs: number) {
    const { clientKey, law, product, effectiveOn, explanation } = event;
    const { demarcation, demarcationHash } = event;
    return {
      clientKey,
      law,
      product,
      receivedAtMs: this.#case(event.caseId)?.receivedAtMs ?? event.receivedAtMs,
      changedAtMs: atMs,
      effectiveOn,
      explanation,
      ...(demarcation === undefined ? {} : { demarcation }),
      ...(demarcationHash === undefined ? {} : { demarcationHash }),
    };
  }
}

/** A client counts for a team while at least one open case is with it. */
function countCaseload(view: ClientView, sign: 1 | -1, tally: Tally): void {
  const { team, office, district, placed } = view;
  if (team === undefined || office === undefined || placed.length === 0) return;
  tally.add('cases-by-team', team, sign * placed.length);
  tally.add('clients-by-team', team, sign);
  tally.add('cases-by-office', office, sign * placed.length);
  tally.add('clients-by-office', office, sign);
  if (district === undefined) return;
  tally.add('cases-by-district', district, sign * placed.length);
  tally.add('clients-by-district', district, sign);
}

function rankCase(
  caseId: CaseId,
  { before, after, tally }: { before: CaseView | undefined; after: CaseView; tally: Tally },
): void {
  const was = worklistOf(before);
  const is = worklistOf(after);
  if (was === is) return;
  if (was !== undefined) tally.rank(was, caseId, undefined);
  if (is !== undefined) tally.rank(is, caseId, after.receivedAtMs);
  if (was === undefined || is === undefined) {
    tally.rank('parked-all', caseId, is === undefined ? undefined : after.receivedAtMs);
  }
}

function worklistOf(view: CaseView | undefined) {
  if (view?.status !== 'parked') return undefined;
  return view.worklist === undefined
    ? 'parked-national'
    : (`parked-office/${view.worklist}` as const);
}

const without = (cases: readonly CaseId[], caseId: CaseId): readonly CaseId[] =>
  cases.includes(caseId) ? cases.filter((it) => it !== caseId) : cases;
