/** A log as somebody would find it who had damaged it: a proof that sees no difference is none. */
import type { LogReader, LogRecord, TxnLog } from '@smc/log';

/** What stands there instead of a record: nothing, another one, or more than one. */
export type Damage = (record: LogRecord) => readonly LogRecord[];

/** Shows the log with the damage; offsets stay what they are. */
export function damaged(log: TxnLog, damage: Damage): TxnLog {
  const openReader = async (): Promise<LogReader> => {
    const reader = await log.openReader();
    const show: LogReader['fetch'] = async (requests, options) => {
      const slices = await reader.fetch(requests, options);
      return slices.map((slice) => ({ ...slice, records: slice.records.flatMap(damage) }));
    };
    return {
      range: (of) => reader.range(of),
      offsetAt: (of, ms) => reader.offsetAt(of, ms),
      fetch: show,
      close: () => reader.close(),
    };
  };
  return new Proxy(log, {
    get(target, name) {
      if (name === 'openReader') return openReader;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Damages the n-th record of those that fit, from 1 on; the others stay. */
export function nth(n: number, fits: (record: LogRecord) => boolean, damage: Damage): Damage {
  let met = 0;
  return (record) => (fits(record) && ++met === n ? damage(record) : [record]);
}
