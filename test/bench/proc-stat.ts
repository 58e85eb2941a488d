/** CPU and memory of other processes, as Linux counts them in /proc. */
import { readFileSync } from 'node:fs';
import { must } from '@smc/domain';

/** USER_HZ: the unit of /proc/PID/stat on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Fields behind the name, counted from `state`: utime and stime of all threads together. */
const UTIME_FIELD = 11;
const STIME_FIELD = 12;

/** Seconds of CPU, user and system, of a line of /proc/PID/stat. The name may hold anything. */
export function parseCpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[UTIME_FIELD]) + Number(fields[STIME_FIELD]);
  return (
    must(Number.isInteger(ticks) ? ticks : undefined, 'stat holds two counts of ticks') /
    TICKS_PER_SECOND
  );
}

/** The most resident memory a process ever had, in MB, of its /proc/PID/status. */
export function parsePeakMb(status: string): number {
  const kilobytes = /^VmHWM:\s+([0-9]+) kB$/m.exec(status)?.[1];
  return Number(must(kilobytes, 'status names VmHWM')) / 1024;
}

export const cpuSecondsOf = (pid: number): number =>
  parseCpuSeconds(readFileSync(`/proc/${pid}/stat`, 'utf8'));

export const peakMbOf = (pid: number): number =>
  parsePeakMb(readFileSync(`/proc/${pid}/status`, 'utf8'));
