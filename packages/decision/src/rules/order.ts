import { BugError, type Reason } from '@smc/domain';
import type { PrecedenceRule } from '../demarcation.ts';
import { byArea } from './area.ts';
import { byExclusion } from './exclusion.ts';
import { byGroup } from './group.ts';
import { byJourney } from './journey.ts';
import { byParticipatiewet } from './participatiewet.ts';
import type { AskOffice, Parked, Passed, Placed, Question } from './rule.ts';

export type Verdict = Placed | Parked | AskOffice;

/** The rules by name; the demarcation says in which order they are asked. */
export const RULES: Readonly<Record<PrecedenceRule, (question: Question) => Verdict | Passed>> = {
  participatiewet: byParticipatiewet,
  group: byGroup,
  journey: byJourney,
  exclusion: byExclusion,
  area: byArea,
};

/**
 * The answer of the first rule that applies. Rules that were asked before it are named, in one
 * reason where there is nothing more to say about them.
 */
export function answer(question: Question): Verdict {
  const { demarcation, passedBefore } = question.index;
  const { precedence } = demarcation.settings;
  let notable: Reason[] | undefined;
  let silent: PrecedenceRule[] | undefined;
  for (const [i, name] of precedence.entries()) {
    const verdict = RULES[name](question);
    if (verdict.kind === 'passed') {
      if (verdict.reasons.length > 0) {
        silent ??= precedence.slice(0, i);
        notable = [...(notable ?? []), ...verdict.reasons];
      } else {
        silent?.push(name);
      }
      continue;
    }
    if (verdict.kind === 'ask-office' || i === 0) return verdict;
    const before =
      silent === undefined
        ? [passedBefore(i)]
        : [...(silent.length === 0 ? [] : [rulesPassed(silent)]), ...(notable ?? [])];
    return { ...verdict, reasons: [...before, ...verdict.reasons] };
  }
  throw new BugError('the last rule gave no answer');
}

export function rulesPassed(names: readonly PrecedenceRule[]): Reason {
  return { code: 'RULES_PASSED', parameters: names };
}
