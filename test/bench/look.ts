import { cpuSecondsOf } from './proc-stat.ts';

/** CPU that worker and broker have used, at one moment. */
export type Look = { readonly atMs: number; readonly worker: number; readonly broker: number };

export type Watched = { readonly workerPid: number; readonly brokerPid: number };

export function look({ workerPid, brokerPid }: Watched): Look {
  return {
    atMs: performance.now(),
    worker: cpuSecondsOf(workerPid),
    broker: cpuSecondsOf(brokerPid),
  };
}
