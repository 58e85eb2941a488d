import { must } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import {
  demarcationOf,
  type DemarcationNotes,
} from '../../../decision/src/testing/small-organisation.ts';
import { parseObjective } from '../plan/objective.ts';
import {
  PLAN_FORMAT,
  type MoveRow,
  type PlanHeader,
  type PlanSummary,
  type TeamLine,
  type WaitRow,
} from '../plan/plan.ts';
import { planMoves, type PlanQuestion } from '../plan/plan-moves.ts';
import { parseScope } from '../plan/scope.ts';
import { day, sourceOf, type ClientNotes } from './clients.ts';

export type Asked = {
  readonly clients: readonly ClientNotes[];
  readonly demarcation: Demarcation | DemarcationNotes;
  readonly objective?: string;
  readonly scope?: readonly string[];
  readonly asOf?: string;
} & Pick<Partial<PlanQuestion>, 'teams' | 'approved'>;

export function questionOf(asked: Asked): PlanQuestion {
  const { demarcation, objective = 'follow-demarcation', scope = [], asOf = '2026-03-01' } = asked;
  const goal = parseObjective(objective);
  const within = parseScope(scope);
  return {
    clients: sourceOf(asked.clients),
    demarcation: 'contentHash' in demarcation ? demarcation : demarcationOf(demarcation),
    organisation: { arbeidsmarktregios: [], werkbedrijfOffices: [] },
    asOf: day(asOf),
    objective: must(goal.ok ? goal.value : undefined, 'an objective'),
    scope: must(within.ok ? within.value : undefined, 'a scope'),
    teams: asked.teams,
    ...(asked.approved === undefined ? {} : { approved: asked.approved }),
  };
}

/** A plan in parts, for a test to look at. */
export function planOf(asked: Asked) {
  const lines = [...planMoves(questionOf(asked))];
  const teams = lines.filter((line): line is TeamLine => line.kind === 'team');
  const summary = lines.find((line): line is PlanSummary => line.kind === 'summary');
  return {
    lines,
    moves: lines.filter((line): line is MoveRow => line.kind === 'move'),
    waits: lines.filter(
      (line): line is WaitRow => line.kind === 'uncovered' || line.kind === 'parked',
    ),
    teams,
    summary: must(summary, 'a plan has a summary'),
    /** Clients per team afterwards. */
    after: Object.fromEntries(teams.map(({ team, after }) => [team, after.clients])),
  };
}

export function headerOf(question: PlanQuestion): PlanHeader {
  const { demarcation, asOf, objective, scope, teams } = question;
  const { version, contentHash, decisionReference, effectiveFrom } = demarcation;
  return {
    kind: 'plan',
    format: PLAN_FORMAT,
    demarcation: { version, contentHash, decisionReference, effectiveFrom },
    asOf,
    objective,
    scope,
    teams,
    positions: [],
    askedBy: 'test',
    why: 'to see it',
    decisionReference: 'RvB 23-245',
    createdAtMs: 0,
  };
}
