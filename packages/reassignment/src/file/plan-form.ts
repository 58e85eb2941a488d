import { PLAN_FORMAT, type PlanLine } from '../plan/plan.ts';

const KINDS: ReadonlySet<unknown> = new Set<PlanLine['kind']>([
  'plan',
  'move',
  'uncovered',
  'parked',
  'team',
  'region',
  'summary',
]);

/**
 * Whether a value is a part of a plan of the form that this program writes. What is in it is ours:
 * the seal says that nobody else has touched it.
 */
export function isPlanLine(value: unknown): value is PlanLine {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (!KINDS.has(value.kind)) return false;
  return value.kind !== 'plan' || ('format' in value && value.format === PLAN_FORMAT);
}
