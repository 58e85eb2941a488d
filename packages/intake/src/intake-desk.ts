import type { CaseId, ClientKey, EventId } from '@smc/domain';
import { isRetriable, type Clock, type Logger, type Metrics, type Random } from '@smc/runtime';
import type { FieldProblem } from './field-rules.ts';
import type { IntakeKind, IntakeParser } from './intake-parser.ts';
import type { IntakeWriter } from './intake-writer.ts';
import { PublishGate, type GateLimits, type Position } from './publish-gate.ts';
import { continueTrace } from './trace-context.ts';

/** A sender that waits longer has gone; its request would only hold memory. */
export const ANSWER_MS_MAX = 10_000;

const REPORT_EVERY_MS = 1_000;

export type Submission = {
  readonly kind: IntakeKind;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
  readonly traceparent: unknown;
};

export type Accepted = {
  readonly eventId: EventId;
  readonly caseId: CaseId | undefined;
  readonly clientKey: ClientKey;
  readonly position: Position;
};

export type Outcome =
  | { readonly result: 'accepted'; readonly accepted: Accepted }
  | { readonly result: 'refused'; readonly problems: readonly FieldProblem[] }
  /** Full and starting: nothing was stored. The others: it may have been, and a repeat is safe. */
  | {
      readonly result: 'failed';
      readonly code: 'STARTING' | 'INTAKE_FULL' | 'LOG_UNAVAILABLE' | 'OUTCOME_UNKNOWN' | 'BROKEN';
    };

export type DeskOptions = {
  readonly parser: IntakeParser;
  readonly clock: Clock;
  readonly random: Random;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly limits?: GateLimits;
  readonly answerMsMax?: number;
};

/**
 * Takes one submission after another from a sender who waits for the answer. Accepted means that all
 * replicas in sync have the event.
 */
export class IntakeDesk {
  readonly #options: DeskOptions;
  readonly #outcomes;
  #reportedMs = Number.NEGATIVE_INFINITY;
  #open: { readonly writer: IntakeWriter; readonly gate: PublishGate } | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#outcomes = options.metrics.counter({
      name: 'intake_submissions_total',
      help: 'what became of submissions, by kind of event and outcome',
      labels: ['kind', 'outcome'],
    });
  }

  /** From now on events can be stored; until then every submission is told to come back. */
  open(writer: IntakeWriter): void {
    const { metrics, limits } = this.#options;
    const { publisher } = writer;
    const gate = new PublishGate({ publisher, metrics, ...(limits && { limits }) });
    this.#open = { writer, gate };
  }

  /** Resolves when everything taken in has been stored or has failed. */
  async drained(): Promise<void> {
    await this.#open?.gate.drained();
  }

  async submit(submission: Submission): Promise<Outcome> {
    const outcome = await this.#outcomeOf(submission);
    const label = outcome.result === 'failed' ? outcome.code : outcome.result;
    this.#outcomes.inc({ kind: submission.kind, outcome: label });
    return outcome;
  }

  async #outcomeOf({ kind, body, idempotencyKey, traceparent }: Submission): Promise<Outcome> {
    const { parser, clock, random } = this.#options;
    if (this.#open === undefined) return { result: 'failed', code: 'STARTING' };
    const nowMs = clock.nowMs();
    const withoutId = idempotencyKey === undefined ? 'refuse' : { idempotencyKey };
    const parsed = parser.parse(kind, body, { nowMs, withoutId });
    if (!parsed.ok) return { result: 'refused', problems: parsed.refusal };

    const event = parsed.value;
    const { writer, gate } = this.#open;
    const moment = { timeMs: nowMs, traceparent: continueTrace(traceparent, random) };
    const stored = gate.offer(writer.record(event, moment));
    if (stored === 'full') return { result: 'failed', code: 'INTAKE_FULL' };
    const position = await this.#inTime(stored);
    if (typeof position === 'string') return { result: 'failed', code: position };
    const { eventId, clientKey } = event;
    const caseId = 'caseId' in event ? event.caseId : undefined;
    return { result: 'accepted', accepted: { eventId, caseId, clientKey, position } };
  }

  async #inTime(
    stored: Promise<Position>,
  ): Promise<Position | 'LOG_UNAVAILABLE' | 'OUTCOME_UNKNOWN' | 'BROKEN'> {
    const late = Promise.withResolvers<'OUTCOME_UNKNOWN'>();
    const answerMsMax = this.#options.answerMsMax ?? ANSWER_MS_MAX;
    const timer = setTimeout(() => late.resolve('OUTCOME_UNKNOWN'), answerMsMax);
    try {
      return await Promise.race([stored, late.promise]);
    } catch (error) {
      this.#report(error);
      return isRetriable(error) ? 'LOG_UNAVAILABLE' : 'BROKEN';
    } finally {
      clearTimeout(timer);
    }
  }

  /** An outage meets every request; one line a second tells it. */
  #report(error: unknown): void {
    const { clock, logger } = this.#options;
    const nowMs = clock.nowMs();
    if (nowMs - this.#reportedMs < REPORT_EVERY_MS) return;
    this.#reportedMs = nowMs;
    const reason = error instanceof Error ? error.message : String(error);
    if (isRetriable(error)) logger.warn({ event: 'intake.log-unavailable', reason }, 'not stored');
    else logger.error({ event: 'intake.not-stored', err: error }, 'not stored');
  }
}
