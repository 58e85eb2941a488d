import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  audit,
  CLEAN,
  CountingTask,
  type Counted,
  type Flaw,
} from '../conformance/counting-task.ts';
import { NO_HEADERS } from '../headers.ts';
import { LogFault } from '../log-fault.ts';
import type { TxnLog } from '../txn-log.ts';
import { manualClock } from './log-clock.ts';
import { createMemoryBroker, type MemoryBroker } from './memory-broker.ts';

/**
 * Two owners work on one task while everything goes wrong at any moment: steps overlap, owners die,
 * requests and answers are lost or late, markers are held back, the state is compacted. Whatever
 * the order, in the end each record is counted once and in order.
 */
type Move =
  | { readonly kind: 'arrive'; readonly key: number }
  | { readonly kind: 'step'; readonly owner: Owner; readonly max: number; readonly wait: boolean }
  | { readonly kind: 'crash'; readonly owner: Owner }
  | { readonly kind: 'fail'; readonly owner: Owner; readonly at: Moment }
  | { readonly kind: 'hold'; readonly owner: Owner; readonly at: Moment }
  | { readonly kind: 'hold markers' | 'release' | 'compact' | 'expire' };

type Owner = 0 | 1;
const MOMENTS = [
  { operation: 'open-task', stage: 'before' },
  { operation: 'open-task', stage: 'after' },
  { operation: 'run', stage: 'before' },
  { operation: 'run', stage: 'between' },
  { operation: 'run', stage: 'after' },
  { operation: 'fetch', stage: 'before' },
  { operation: 'range', stage: 'before' },
] as const;
type Moment = (typeof MOMENTS)[number];

const owner = fc.constantFrom<Owner>(0, 1);
const moment = fc.constantFrom(...MOMENTS);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('arrive'), key: fc.nat(2) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('step'),
      owner,
      max: fc.integer({ min: 1, max: 3 }),
      wait: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('crash'), owner }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail'), owner, at: moment }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold'), owner, at: moment }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release') }) },
  fc.record({ kind: fc.constantFrom('hold markers', 'compact', 'expire') }),
);
const moves = fc.array(move, { minLength: 20, maxLength: 120, size: 'max' });

const places = {
  input: { topic: 'input', partition: 0 },
  output: { topic: 'output', partition: 0 },
  state: { topic: 'state', partition: 0 },
};

test('two owners, crashes and faults in any order: every record once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (order) => {
      expect(await new World().play(order)).toEqual(CLEAN);
    }),
    { numRuns: 1_000 },
  );
});

test.each<Flaw>(['restores before it fences', 'keeps its memory after an error'])(
  'some order of events shows a task that %s',
  async (flaw) => {
    const sound = fc.asyncProperty(moves, async (order) => {
      expect(await new World(flaw).play(order)).toEqual(CLEAN);
    });
    const found = await fc.check(sound, { numRuns: 2_000, seed: 1, endOnFailure: true });
    expect(found.failed).toBe(true);
  },
);

/** A broker, two owners and what has been sent so far. */
class World {
  readonly #clock = manualClock();
  readonly #broker: MemoryBroker = createMemoryBroker({
    clock: this.#clock,
    topics: [
      { name: 'input', partitions: 1 },
      { name: 'output', partitions: 1 },
      { name: 'state', partitions: 1, compact: true },
    ],
  });
  readonly #flaw: Flaw | undefined;
  readonly #inputs: Counted[] = [];
  readonly #owners: [Seat | undefined, Seat | undefined] = [undefined, undefined];
  readonly #gates: (() => void)[] = [];
  readonly #underWay: Promise<void>[] = [];

  constructor(flaw?: Flaw) {
    this.#flaw = flaw;
  }

  async play(order: readonly Move[]): Promise<unknown> {
    for (const next of order) await this.#make(next);
    this.#release();
    await Promise.all(this.#underWay);
    const last = this.#broker.connect('last');
    const task = await this.#open(last);
    await task.drain(2);
    await this.#open(last, 'correct');
    return audit(await last.openReader(), places.output, this.#inputs);
  }

  async #make(next: Move): Promise<void> {
    switch (next.kind) {
      case 'arrive':
        return this.#arrive(next.key);
      case 'step': {
        const stepping = this.#step(next.owner, next.max);
        this.#underWay.push(stepping);
        return next.wait && this.#gates.length === 0 ? stepping : Promise.resolve();
      }
      case 'crash':
        return this.#crash(next.owner);
      case 'fail':
        return this.#broker.fail(this.#selector(next.owner, next.at));
      case 'hold': {
        const hold = this.#broker.hold(this.#selector(next.owner, next.at));
        this.#gates.push(() => hold.release());
        return;
      }
      case 'hold markers':
        this.#gates.push(this.#broker.holdMarkers());
        return;
      case 'release':
        return this.#release();
      case 'compact':
        return this.#broker.compact('state');
      case 'expire':
        return this.#clock.advance(60_000);
    }
  }

  /** Inputs are written by a client that no fault is planned for. */
  async #arrive(key: number): Promise<void> {
    const input = { key: `k${key}`, id: `i${this.#inputs.length}` };
    this.#inputs.push(input);
    const publisher = await this.#broker.connect('intake').openPublisher();
    const bytes = { key: Buffer.from(input.key), value: Buffer.from(input.id) };
    await publisher.publish([{ ...places.input, ...bytes, headers: NO_HEADERS }]);
  }

  /** One step of an owner, who recovers from an error; steps of one owner do not overlap. */
  #step(index: Owner, max: number): Promise<void> {
    const seat = (this.#owners[index] ??= { log: this.#broker.connect(`owner-${index}`) });
    const before = seat.busy ?? Promise.resolve();
    seat.busy = before
      .then(() => this.#stepNow(seat, max))
      .catch((error: unknown) => {
        if (!(error instanceof LogFault)) throw error;
        delete seat.task;
      });
    return seat.busy;
  }

  async #stepNow(seat: Seat, max: number): Promise<void> {
    const task = (seat.task ??= await this.#open(seat.log));
    try {
      await task.step(max);
    } catch (error) {
      if (!(error instanceof LogFault)) throw error;
      await task.recover();
    }
  }

  async #crash(index: Owner): Promise<void> {
    const seat = this.#owners[index];
    this.#owners[index] = undefined;
    if (seat !== undefined) await this.#broker.crash(seat.log);
  }

  #selector(index: Owner, at: Moment) {
    return { ...at, clientId: `owner-${index}` };
  }

  #release(): void {
    for (const open of this.#gates.splice(0)) open();
  }

  #open(log: TxnLog, as?: 'correct'): Promise<CountingTask> {
    const flaw = as === 'correct' ? undefined : this.#flaw;
    return CountingTask.open(log, places, { taskId: 'task', flaw });
  }
}

type Seat = { readonly log: TxnLog; task?: CountingTask; busy?: Promise<void> };
