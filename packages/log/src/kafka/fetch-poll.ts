import type { FetchRequest, TopicPartition } from '../txn-log.ts';
import { asFault } from './error-codes.ts';
import type { LogFault } from '../log-fault.ts';
import type { Fetched } from './wire-read.ts';

/** Nothing came, and the leader is to be asked again: e.g. after a new leader was looked up. */
export const NOTHING: Fetched = { throttleMs: 0, errorCode: 0, partitions: [] };

/**
 * A question to one leader that is under way, or answered and not yet read. A fetch that gets what
 * it wants from one leader leaves its questions to the others standing; the next fetch takes them
 * up where they ask for the same offsets. So no leader's silence delays what another has, and no
 * answer is thrown away.
 */
export class Poll {
  readonly asked: readonly FetchRequest[];
  /** Answer or fault, once it is there. */
  outcome: Fetched | LogFault | undefined;
  /** Called once, when the outcome is there. */
  onSettled: (() => void) | undefined;

  constructor(asked: readonly FetchRequest[], answer: Promise<Fetched>) {
    this.asked = asked;
    const settle = (outcome: Fetched | LogFault) => {
      this.outcome = outcome;
      this.onSettled?.();
    };
    answer.then(settle, (thrown: unknown) => settle(asFault(thrown)));
  }

  /** Whether the answer to this request is on its way here. */
  covers(request: FetchRequest): boolean {
    return this.asked.some((one) => samePartition(one, request) && one.offset === request.offset);
  }

  /** Whether it asks for one of these partitions, at whatever offset. */
  touches(requests: readonly FetchRequest[]): boolean {
    return this.asked.some((one) => requests.some((request) => samePartition(one, request)));
  }
}

export function samePartition(a: TopicPartition, b: TopicPartition): boolean {
  return a.partition === b.partition && a.topic === b.topic;
}

/**
 * Resolves when a poll is settled, the signal aborts, `interrupt` is called, or `waitMs` have
 * passed, whichever comes first.
 */
export async function untilSettled(
  polls: readonly Poll[],
  options: {
    readonly waitMs: number;
    readonly signal: AbortSignal | undefined;
    readonly interrupts: Set<() => void>;
  },
): Promise<void> {
  const { waitMs, signal, interrupts } = options;
  if (signal?.aborted === true || polls.some((poll) => poll.outcome !== undefined)) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  const timer = setTimeout(end, waitMs);
  for (const poll of polls) poll.onSettled = end;
  signal?.addEventListener('abort', end);
  interrupts.add(end);
  await promise;
  clearTimeout(timer);
  for (const poll of polls) poll.onSettled = undefined;
  signal?.removeEventListener('abort', end);
  interrupts.delete(end);
}
