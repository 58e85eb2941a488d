import { SingleBar } from 'cli-progress';
import type { Output } from './output.ts';

export type Progress = {
  advance(by: number): void;
  /** `note`: what else is worth saying, such as the rate. */
  set(value: number, total: number, note?: string): void;
  done(): void;
};

/** How often a line says how far it is, where nobody looks at a bar. */
const LINE_EVERY_MS = 5_000;

/** A bar for a person, a line now and then for a log; on stderr, like all talk. */
export function createProgress(output: Output, what: string, total: number): Progress {
  return output.interactive ? bar(what, total) : lines(output, what, total);
}

function bar(what: string, total: number): Progress {
  const shown = new SingleBar({
    format: `${what} {bar} {percentage} % | {value} of {total} | {eta_formatted} left{note}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  shown.start(total, 0, { note: '' });
  return {
    advance: (by) => shown.increment(by),
    set(value, of, note = '') {
      shown.setTotal(of);
      shown.update(value, { note: note && ` | ${note}` });
    },
    done: () => shown.stop(),
  };
}

function lines(output: Output, what: string, total: number): Progress {
  let value = 0;
  let of = total;
  let saidAt = Date.now();
  const say = (note = '') => {
    if (Date.now() - saidAt < LINE_EVERY_MS) return;
    saidAt = Date.now();
    const far = `${value.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')}`;
    output.talk(`${what}: ${far}${note && `, ${note}`}`);
  };
  return {
    advance(by) {
      value += by;
      say();
    },
    set(now, all, note) {
      value = now;
      of = all;
      say(note);
    },
    done: () => {},
  };
}
