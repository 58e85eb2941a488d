import { existsSync } from 'node:fs';
import type { LocalDate, TeamId } from '@smc/domain';
import type { Codec } from '@smc/events';
import { assembleDemarcation, formatProblem, type PublishedDemarcation } from '@smc/demarcation';
import {
  PLAN_FORMAT,
  planMoves,
  writePlan,
  type Objective,
  type PlanHeader,
  type PlanLine,
  type PlanQuestion,
  type Scope,
} from '@smc/reassignment';
import { loadDemarcation } from '@smc/simulation';
import { readVersions, type ReadableLog } from '../demarcations.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import type { StateSnapshot } from './state-snapshot.ts';

/** What a person asks for. */
export type PlanOrder = {
  readonly asOf: LocalDate;
  readonly objective: Objective;
  readonly scope: Scope;
  readonly teams: readonly TeamId[] | undefined;
  readonly askedBy: string;
  readonly why: string;
  readonly decisionReference: string;
  readonly createdAtMs: number;
};

/** Computes a plan on a snapshot and writes it; gives its name. */
export function createPlan(
  order: PlanOrder,
  on: { readonly snapshot: StateSnapshot; readonly version: PublishedDemarcation },
  to: {
    readonly out: string;
    readonly signal: AbortSignal;
    readonly onClients: (planned: number) => void;
  },
): Promise<string> {
  const { demarcation, organisation } = on.version;
  const { clients, positions } = on.snapshot;
  const question: PlanQuestion = {
    clients: { get: clients.get, keys: () => counted(clients.keys(), to.onClients) },
    demarcation,
    organisation,
    asOf: order.asOf,
    scope: order.scope,
    objective: order.objective,
    teams: order.teams,
  };
  const { version, contentHash, decisionReference, effectiveFrom } = demarcation;
  const header: PlanHeader = {
    kind: 'plan',
    format: PLAN_FORMAT,
    demarcation: { version, contentHash, decisionReference, effectiveFrom },
    positions,
    ...order,
  };
  return writePlan(to.out, linesOf(header, question), to.signal);
}

function* linesOf(header: PlanHeader, question: PlanQuestion): Generator<PlanLine> {
  yield header;
  yield* planMoves(question);
}

const SAY_EVERY = 10_000;

function* counted<T>(items: Iterable<T>, on: (n: number) => void): Generator<T> {
  let n = 0;
  for (const item of items) {
    if (++n % SAY_EVERY === 0) on(n);
    yield item;
  }
}

/** The version in a folder, or the published one of this name or hash. */
export async function findVersion(
  asked: string,
  log: ReadableLog,
  codec: Codec,
): Promise<PublishedDemarcation> {
  if (existsSync(asked)) {
    const loaded = await loadDemarcation(asked);
    if (loaded.ok) return loaded.value;
    const problems = loaded.refusal.map((problem) => `${asked}/${formatProblem(problem)}`);
    throw new CommandEnd(EXIT.usage, [...problems, `${problems.length} problems.`].join('\n'));
  }
  const versions = await readVersions(log, codec);
  const names = new Set<string>();
  for (const { manifest, parts } of versions.values()) {
    names.add(manifest.version);
    if (manifest.version !== asked && manifest.contentHash !== asked) continue;
    const assembled = assembleDemarcation(manifest, parts);
    if (assembled.ok) return assembled.value;
    throw new CommandEnd(EXIT.no, `Version ${asked} can't be used: ${assembled.refusal.reason}.`);
  }
  const known = [...names].join(', ') || 'none';
  throw new CommandEnd(
    EXIT.usage,
    `There is no folder and no published version ${asked}; published are: ${known}.`,
  );
}
