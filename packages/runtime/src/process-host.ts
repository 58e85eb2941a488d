/** What a running service asks of its process; an argument of `runService`, so that tests can play it. */
export type ServiceHost = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly args: readonly string[];
  /** Data, to stdout. */
  readonly print: (text: string) => void;
  /** Talk, to stderr. */
  readonly complain: (text: string) => void;
  readonly setExitCode: (code: number) => void;
  /** Ends the process now, whatever is under way. */
  readonly exit: (code: number) => void;
  /** Calls the listener at SIGTERM and SIGINT, with how many there were; the answer takes it away. */
  readonly onSignal: (listener: (name: string, count: number) => void) => () => void;
  /** Calls the listener with an error that nobody caught. */
  readonly onCrash: (listener: (error: unknown) => void) => void;
  /** Ends the process when a forgotten handle keeps it alive after everything was stopped. */
  readonly exitWhenLingering: () => void;
};

const LINGER_MS_MAX = 2_000;

export function processHost(): ServiceHost {
  return {
    env: process.env,
    args: process.argv.slice(2),
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    setExitCode(code) {
      process.exitCode = code;
    },
    exit: (code) => process.exit(code),
    onSignal(listener) {
      let count = 0;
      const heard = (name: string) => listener(name, ++count);
      process.on('SIGTERM', heard);
      process.on('SIGINT', heard);
      return () => {
        process.off('SIGTERM', heard);
        process.off('SIGINT', heard);
      };
    },
    onCrash(listener) {
      process.on('uncaughtException', listener);
      process.on('unhandledRejection', listener);
    },
    exitWhenLingering() {
      setTimeout(() => process.exit(), LINGER_MS_MAX).unref();
    },
  };
}
