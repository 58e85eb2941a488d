import { expect, test } from 'vitest';
import { parseCpuSeconds, parsePeakMb } from './proc-stat.ts';

const STAT = (name: string) =>
  `4242 (${name}) S 1 4242 4242 0 -1 4194304 10371 0 0 0 1234 566 7 8 20 0 11 0 91234 1133522944 18025 0`;

test('CPU is user and system time of all threads of the process, not of its children', () => {
  expect(parseCpuSeconds(STAT('node'))).toBe(18);
});

test('the name of a process may hold spaces and brackets', () => {
  expect(parseCpuSeconds(STAT('kafka (1) x'))).toBe(18);
});

test('what is no line of /proc/PID/stat is refused', () => {
  expect(() => parseCpuSeconds('4242 (node) S 1')).toThrow('ticks');
});

test('peak memory is the high-water mark', () => {
  const status = 'Name:\tnode\nVmPeak:\t 1107008 kB\nVmHWM:\t  262144 kB\nVmRSS:\t   91000 kB\n';
  expect(parsePeakMb(status)).toBe(256);
});

test('a status without a high-water mark is refused', () => {
  expect(() => parsePeakMb('Name:\tkthreadd\n')).toThrow('VmHWM');
});
