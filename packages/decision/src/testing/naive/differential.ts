/** The decision against the naive one, on as many random cases as asked for. */
import fc from 'fast-check';
import {
  unreachable,
  type AssignmentEvent,
  type HandoverCause,
  type ParkedCode,
  type Rule,
} from '@smc/domain';
import { HANDOVER_WORDS, PARKED_WORDS, RULE_WORDS } from '../../explain.ts';
import { Lockstep } from './lockstep.ts';
import { lives } from './random-life.ts';
import { organisations } from './random-organisation.ts';

/** What occurred, and the first difference, as small as it could be made. */
export type Compared = {
  readonly cases: number;
  readonly rules: ReadonlyMap<Rule, number>;
  readonly parked: ReadonlyMap<ParkedCode, number>;
  readonly causes: ReadonlyMap<HandoverCause, number>;
  readonly difference: string | undefined;
};

const LIFE_STEPS = 40;
const RUNS_AT_A_TIME = 200;

export function compareDecisions(about: {
  /** At least so many registered cases. */
  readonly cases: number;
  readonly seed: number;
  readonly onProgress?: (cases: number) => void;
}): Compared {
  const found = { cases: 0, rules: new Map(), parked: new Map(), causes: new Map() };
  for (let round = 0; found.cases < about.cases; round++) {
    const difference = compareSome(about.seed + round, found);
    if (difference !== undefined) return { ...found, difference };
    about.onProgress?.(found.cases);
  }
  return { ...found, difference: undefined };
}

/** The codes that a run of this length should have seen and has not: then it is blind for them. */
export function neverOccurred({ rules, parked, causes }: Compared): readonly string[] {
  const missing = (kind: string, words: object, seen: ReadonlyMap<string, number>) =>
    Object.keys(words).flatMap((code) => (seen.has(code) ? [] : [`${kind} ${code}`]));
  return [
    ...missing('rule', RULE_WORDS, rules),
    ...missing('parked', PARKED_WORDS, parked),
    ...missing('cause', HANDOVER_WORDS, causes),
  ];
}

type Counts = {
  cases: number;
  readonly rules: Map<Rule, number>;
  readonly parked: Map<ParkedCode, number>;
  readonly causes: Map<HandoverCause, number>;
};

function compareSome(seed: number, counts: Counts): string | undefined {
  const result = fc.check(
    fc.property(organisations, lives(LIFE_STEPS), (versions, steps) => {
      const both = new Lockstep(versions);
      for (const step of steps) {
        both.take(step);
        if (step.kind === 'input' && step.event.type === 'CaseRegistered') counts.cases++;
      }
      both.drain();
      both.checkAtRest();
      for (const event of both.events) count(event, counts);
    }),
    { numRuns: RUNS_AT_A_TIME, seed },
  );
  if (!result.failed) return undefined;
  const [versions = [], steps = []] = result.counterexample ?? [];
  return [
    String(result.errorInstance),
    `seed ${seed}, path ${result.counterexamplePath ?? '?'}`,
    ...versions.map(asText),
    ...steps.map(asText),
  ].join('\n');
}

function count(event: AssignmentEvent, { rules, parked, causes }: Counts): void {
  switch (event.type) {
    case 'CaseAssigned':
      return addOne(rules, event.rule);
    case 'CaseParked':
      return addOne(parked, event.code);
    case 'ClientHandedOver':
      return addOne(causes, event.cause);
    case 'CaseReleased':
      return;
    default:
      return unreachable(event);
  }
}

function addOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function asText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Map ? [...part] : part));
}
