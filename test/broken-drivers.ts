/**
 * Deliberate mistakes, put between a router and its log: each breaks one of the rules on which
 * exactly-once rests. A test that can't tell them from the real thing proves nothing.
 */
import { OFFICE_KEY_PREFIX } from '@smc/domain';
import { LogFault, type OutgoingRecord, type TxnLog, type TxnProducer } from '@smc/log';

type OpenTask = TxnLog['openTask'];

export const MISTAKES = [
  'restore-before-fencing',
  'memory-kept-after-an-error',
  'counters-in-the-next-transaction',
] as const;
export type Mistake = (typeof MISTAKES)[number];

export function withMistake(log: TxnLog, mistake: Mistake): TxnLog {
  const openTask = BROKEN[mistake](log.openTask.bind(log));
  return new Proxy(log, {
    get(target, name) {
      if (name === 'openTask') return openTask;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const BROKEN: Readonly<Record<Mistake, (openTask: OpenTask) => OpenTask>> = {
  /** The task reads its state while an earlier owner can still write. */
  'restore-before-fencing': (openTask) => async (taskId, options) => {
    let real: Promise<TxnProducer> | undefined;
    return {
      async run(records) {
        real ??= openTask(taskId, options);
        await (await real).run(records);
      },
      close: async () => (await real)?.close(),
    };
  },

  /** After an error the task fences itself anew and goes on, instead of reading what was committed. */
  'memory-kept-after-an-error': (openTask) => async (taskId, options) => {
    let real = await openTask(taskId, options);
    return {
      async run(records) {
        for (;;) {
          try {
            return await real.run(records);
          } catch (error) {
            if (!(error instanceof LogFault)) throw error;
            await real.close();
            real = await openTask(taskId, options);
          }
        }
      },
      close: () => real.close(),
    };
  },

  /** What the offices have counted is written with the next transaction, not with what it came of. */
  'counters-in-the-next-transaction': (openTask) => async (taskId, options) => {
    const real = await openTask(taskId, options);
    let late: readonly OutgoingRecord[] = [];
    return {
      async run(records) {
        const counters = records.filter(isCounters);
        await real.run([...late, ...records.filter((record) => !isCounters(record))]);
        late = counters;
      },
      close: () => real.close(),
    };
  },
};

const isCounters = ({ key }: OutgoingRecord) =>
  key !== undefined && Buffer.from(key).toString('latin1').startsWith(OFFICE_KEY_PREFIX);
