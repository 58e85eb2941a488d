/** Where progress goes: one line without a line end. */
export type Report = (line: string) => void;

/** Progress is talk, so it goes to stderr; stdout is for data. */
export const reportOnStderr: Report = (line) => {
  process.stderr.write(`stack: ${line}\n`);
};

/** Work shorter than this is not worth a line. */
const FIRST_LINE_MS = 2_000;
const NEXT_LINES_MS = 5_000;

/**
 * Does the work and reports it when it takes more than two seconds: what is being done, how long
 * so far every five seconds, and when it is done.
 */
export async function withProgress<T>(
  what: string,
  report: Report,
  work: () => Promise<T>,
): Promise<T> {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  let said = false;
  const say = () => {
    report(`${what}: ${seconds()} so far`);
    said = true;
    timer = setTimeout(say, NEXT_LINES_MS);
  };
  let timer = setTimeout(say, FIRST_LINE_MS);
  try {
    const value = await work();
    if (said) report(`${what}: done in ${seconds()}`);
    return value;
  } finally {
    clearTimeout(timer);
  }
}
