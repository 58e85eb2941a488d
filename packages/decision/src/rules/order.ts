import { BugError, type Reason } from '@smc/domain';
import { byArea } from './area.ts';
import { byJourney } from './journey.ts';
import type { Parked, Passed, Placed, Question } from './rule.ts';

/** The order of precedence: the first rule that applies decides, and the last one always does. */
export const RULES: readonly ((question: Question) => Placed | Parked | Passed)[] = [
  byJourney,
  byArea,
];

/** The answer of the first rule that applies, with the reasons of those that were asked before. */
export function answer(question: Question): Placed | Parked {
  const before: Reason[] = [];
  for (const rule of RULES) {
    const verdict = rule(question);
    if (verdict.kind !== 'passed') {
      const reasons = before.length === 0 ? verdict.reasons : [...before, ...verdict.reasons];
      return { ...verdict, reasons };
    }
    before.push(...verdict.reasons);
  }
  throw new BugError('the last rule gave no answer');
}
