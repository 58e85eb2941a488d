import type { ExceptionRule } from '../document.ts';
import type { Proof } from './proof.ts';

/** A recorded exception names the decision that allows it (B38). */
export function checkExceptions({ organisation, problems }: Proof): void {
  for (const exception of organisation.exceptions) {
    if (exception.decision !== undefined) continue;
    const message = `the exception to ${exception.rule} for ${exception.of} names no decision`;
    problems.about(exception, 'decision', message, 'B38-EXCEPTION');
  }
}

export function isExcepted({ organisation }: Proof, rule: ExceptionRule, of: string): boolean {
  return organisation.exceptions.some((one) => one.rule === rule && one.of === of);
}
