/**
 * What a check may find. `smc verify` answers "no" when there is one; each says where to look.
 */
export type FindingCode =
  /** A valid case or its effect is missing: an assignment, a question to an office, an answer. */
  | 'LOST'
  /** An event stands there that no input asked for, or stands there twice. */
  | 'DUPLICATED'
  /** An event differs from what deciding again gives. */
  | 'DIFFERENT'
  /** Events of a partition are not in the order of their input. */
  | 'OUT_OF_ORDER'
  | 'TWO_TEAMS'
  | 'SEQUENCE_BROKEN'
  | 'STATE_DIFFERS'
  /** An office's counters are not what counting again gives (A09). */
  | 'COUNTERS_DIFFER'
  | 'DEAD_LETTER_MISSING'
  | 'DEAD_LETTER_UNEXPECTED'
  | 'UNREADABLE'
  | 'DIVISION_DISAGREES'
  | 'VIEW_DIFFERS'
  | 'DEMARCATION_MISSING';

export type Finding = {
  readonly code: FindingCode;
  /** `smc.assignments-2@1042`: topic, partition and offset. */
  readonly where: string;
  readonly what: string;
};

/** Keeps the first findings and counts the rest: a broken log would give millions. */
export class Findings {
  static readonly KEPT_MAX = 100;
  readonly kept: Finding[] = [];
  readonly counts = new Map<FindingCode, number>();

  add(code: FindingCode, where: string, what: string): void {
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
    if (this.kept.length < Findings.KEPT_MAX) this.kept.push({ code, where, what });
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, n) => sum + n, 0);
  }

  count(code: FindingCode): number {
    return this.counts.get(code) ?? 0;
  }
}
