import {
  DIVISIONS,
  type CaseId,
  type ClientKey,
  type Division,
  type OfficeId,
  type TeamId,
} from '@smc/domain';
import type { Clock } from '@smc/runtime';
import { quantileMs } from './durations.ts';
import {
  StoreFault,
  type Namespace,
  type Ranked,
  type ReadModelStore,
} from './read-model-store.ts';
import type { CountName, RankingName } from './view-changes.ts';
import type { CaseView, ClientView } from './views.ts';

/**
 * Questions to the read models. Each is answered from the current namespace; a rebuild that ends
 * meanwhile can make an answer empty, once. All reject with a StoreFault: UNREACHABLE, NOT_BUILT
 * (retriable) or DAMAGED.
 */
export type Views = {
  caseView(caseId: CaseId): Promise<CaseAnswer | undefined>;
  clientView(clientKey: ClientKey): Promise<ClientAnswer | undefined>;
  /** The oldest first, at most `limit`. */
  parkedList(worklist: Worklist, limit: number): Promise<ParkedList>;
  caseload(): Promise<Caseload>;
  decisions(): Promise<DecisionCounts>;
  /** What each team was assigned since the first record; by team, law and line. */
  inflow(): Promise<readonly Inflow[]>;
  /** From intake to assignment, per office (E40); offices by name. */
  latency(): Promise<readonly (Durations & { readonly office: string })[]>;
  convergence(): Promise<ConvergenceReport>;
};

export type CaseAnswer = CaseView & {
  readonly caseId: CaseId;
  /** Who has it, or had it when it was closed; absent: nobody. */
  readonly team: TeamId | undefined;
  /** The office of an assigned case's team. */
  readonly office: OfficeId | undefined;
};

export type ClientAnswer = ClientView & {
  readonly clientKey: ClientKey;
  /** The divisions that do not know the newest event or its team. */
  readonly behind: readonly Division[];
};

export type Worklist = 'all' | 'national' | { readonly office: OfficeId };

export type ParkedList = {
  readonly total: number;
  readonly cases: readonly (CaseView & { readonly caseId: string; readonly ageMs: number })[];
};

export type Load = { readonly id: string; readonly cases: number; readonly clients: number };
/** Open cases, and clients with at least one, by id. */
export type Caseload = {
  readonly teams: readonly Load[];
  readonly offices: readonly Load[];
  readonly districts: readonly Load[];
};

/** Since the first record. */
export type DecisionCounts = {
  readonly assigned: readonly {
    readonly office: string;
    readonly rule: string;
    readonly count: number;
  }[];
  /** No office: the national work list. */
  readonly parked: readonly {
    readonly office: string | undefined;
    readonly code: string;
    readonly count: number;
  }[];
  readonly handedOver: readonly { readonly cause: string; readonly count: number }[];
};

export type Inflow = {
  readonly team: string;
  readonly law: string;
  /** Undefined: cases without a line. */
  readonly line: string | undefined;
  readonly cases: number;
};

/** Quantiles are at most 19 % too high; undefined when nothing was counted. */
export type Durations = {
  readonly count: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
};

/** Do the divisions know the same team for each client (B43)? */
export type ConvergenceReport = {
  /** Clients whom not all divisions know yet, and since when the oldest waits. */
  readonly notConverged: number;
  readonly oldestAgeMs: number;
  readonly oldestClients: readonly string[];
  /** Clients of whom a division acknowledged the newest event with another team: a defect. */
  readonly disagreeing: number;
  readonly divisions: readonly {
    readonly division: Division;
    readonly behind: number;
    readonly oldestAgeMs: number;
  }[];
  /** From an event being written to the last acknowledgement. */
  readonly time: Durations;
};

const OLDEST_CLIENTS_MAX = 10;

export function openViews(store: ReadModelStore, clock: Clock): Views {
  const answer = async <T>(work: (read: Reading) => Promise<T>): Promise<T> => {
    const namespace = await store.current();
    if (namespace === undefined) {
      throw new StoreFault('NOT_BUILT', 'the read models are being built');
    }
    return work(reading(store, namespace, clock.nowMs()));
  };
  return {
    caseView: (caseId) => answer((read) => caseAnswer(read, caseId)),
    clientView: (clientKey) => answer((read) => clientAnswer(read, clientKey)),
    parkedList: (worklist, limit) => answer((read) => parkedList(read, worklist, limit)),
    caseload: () => answer(caseload),
    decisions: () => answer(decisions),
    inflow: () => answer(inflow),
    latency: () => answer(latency),
    convergence: () => answer(convergence),
  };
}

/** One question: a store, a namespace and a moment. */
type Reading = {
  readonly nowMs: number;
  client(clientKey: ClientKey): Promise<ClientView | undefined>;
  cases(ids: readonly CaseId[]): Promise<ReadonlyMap<CaseId, CaseView>>;
  counts(name: CountName): Promise<ReadonlyMap<string, number>>;
  oldest(name: RankingName, limit: number): Promise<readonly Ranked[]>;
  size(name: RankingName): Promise<number>;
};

function reading(store: ReadModelStore, namespace: Namespace, nowMs: number): Reading {
  return {
    nowMs,
    client: async (clientKey) => (await store.clients(namespace, [clientKey])).get(clientKey),
    cases: (ids) => store.cases(namespace, ids),
    counts: (name) => store.counts(namespace, name),
    oldest: (name, limit) => store.oldest(namespace, name, limit),
    size: (name) => store.size(namespace, name),
  };
}

async function caseAnswer(read: Reading, caseId: CaseId): Promise<CaseAnswer | undefined> {
  const view = (await read.cases([caseId])).get(caseId);
  if (view === undefined) return undefined;
  const helper = view.status === 'assigned' ? await read.client(view.clientKey) : undefined;
  return { caseId, ...view, team: helper?.team ?? view.closedBy, office: helper?.office };
}

async function clientAnswer(
  read: Reading,
  clientKey: ClientKey,
): Promise<ClientAnswer | undefined> {
  const view = await read.client(clientKey);
  if (view === undefined || view.sequence === 0) return undefined;
  const behind = DIVISIONS.filter((division) => {
    const acknowledged = view.acknowledged[division];
    return acknowledged?.sequence !== view.sequence || acknowledged.team !== view.team;
  });
  return { clientKey, ...view, behind };
}

async function parkedList(read: Reading, worklist: Worklist, limit: number): Promise<ParkedList> {
  const name = rankingOf(worklist);
  const [total, ranked] = await Promise.all([read.size(name), read.oldest(name, limit)]);
  // The members of these rankings are case ids, put there by `rankCase`.
  const views = await read.cases(ranked.map(({ member }) => member as CaseId));
  const cases = ranked.flatMap(({ member, atMs }) => {
    const view = views.get(member as CaseId);
    return view === undefined ? [] : [{ caseId: member, ...view, ageMs: read.nowMs - atMs }];
  });
  return { total, cases };
}

function rankingOf(worklist: Worklist): RankingName {
  if (worklist === 'all') return 'parked-all';
  return worklist === 'national' ? 'parked-national' : `parked-office/${worklist.office}`;
}

async function caseload(read: Reading): Promise<Caseload> {
  const loads = async (of: 'team' | 'office' | 'district'): Promise<readonly Load[]> => {
    const [cases, clients] = await Promise.all([
      read.counts(`cases-by-${of}`),
      read.counts(`clients-by-${of}`),
    ]);
    return byName(cases).map(([id, count]) => ({
      id,
      cases: count,
      clients: clients.get(id) ?? 0,
    }));
  };
  const [teams, offices, districts] = await Promise.all([
    loads('team'),
    loads('office'),
    loads('district'),
  ]);
  return { teams, offices, districts };
}

async function decisions(read: Reading): Promise<DecisionCounts> {
  const [assigned, parked, handedOver] = await Promise.all([
    read.counts('assigned'),
    read.counts('parked'),
    read.counts('handed-over'),
  ]);
  return {
    assigned: byName(assigned).map(([field, count]) => {
      const [office = '', rule = ''] = field.split('/');
      return { office, rule, count };
    }),
    parked: byName(parked).map(([field, count]) => {
      const [office, code = ''] = field.split('/');
      return { office: office === '-' ? undefined : office, code, count };
    }),
    handedOver: byName(handedOver).map(([cause, count]) => ({ cause, count })),
  };
}

async function inflow(read: Reading): Promise<readonly Inflow[]> {
  return byName(await read.counts('inflow')).map(([field, cases]) => {
    const [team = '', law = '', line = '-'] = field.split('/');
    return { team, law, line: line === '-' ? undefined : line, cases };
  });
}

async function latency(read: Reading) {
  const offices = byName(await read.counts('latency-offices'));
  return Promise.all(
    offices.map(async ([office]) => {
      // A field of `latency-offices` is the office of an assignment.
      const counts = await read.counts(`latency/${office as OfficeId}`);
      return { office, ...durationsOf(counts) };
    }),
  );
}

async function convergence(read: Reading): Promise<ConvergenceReport> {
  const [notConverged, oldest, disagreeing, time, divisions] = await Promise.all([
    read.size('not-converged'),
    read.oldest('not-converged', OLDEST_CLIENTS_MAX),
    read.size('disagreeing'),
    read.counts('convergence-time'),
    Promise.all(DIVISIONS.map((division) => behind(read, division))),
  ]);
  return {
    notConverged,
    oldestAgeMs: ageOf(read, oldest),
    oldestClients: oldest.map(({ member }) => member),
    disagreeing,
    divisions,
    time: durationsOf(time),
  };
}

async function behind(read: Reading, division: Division) {
  const [count, oldest] = await Promise.all([
    read.size(`behind/${division}`),
    read.oldest(`behind/${division}`, 1),
  ]);
  return { division, behind: count, oldestAgeMs: ageOf(read, oldest) };
}

const ageOf = (read: Reading, [first]: readonly Ranked[]) =>
  first === undefined ? 0 : Math.max(0, read.nowMs - first.atMs);

function durationsOf(counts: ReadonlyMap<string, number>): Durations {
  const count = [...counts.values()].reduce((sum, it) => sum + it, 0);
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((q) => quantileMs(counts, q));
  return { count, p50Ms, p95Ms, p99Ms };
}

const byName = (counts: ReadonlyMap<string, number>) =>
  [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
