import { pino } from 'pino';
import { maskBsnsInJson } from './mask-bsn.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a log line is about: `case.assigned`, and its facts. An error goes under `err`. */
export type LogFields = { readonly event: string; readonly [fact: string]: unknown };

type Write = (fields: LogFields, text: string) => void;

/**
 * error: a person must act. warn: it heals by itself, but someone should know. info: what an
 * operator wants to have seen. debug: for the engineer with a question.
 */
export type Logger = {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
};

export type LoggerOptions = {
  readonly service: string;
  readonly level: LogLevel;
  /** Takes whole lines; standard error where it is left out, so that stdout stays data. */
  readonly write?: (line: string) => void;
};

/**
 * Lines of JSON with service, time and event. Whatever is logged, no text or number on the line is a
 * BSN: the finished line is masked, because redaction by path misses what it was not told of.
 */
export function createLogger({ service, level, write }: LoggerOptions): Logger {
  const out = write ?? ((line: string) => void process.stderr.write(line));
  const lines = { write: (line: string) => out(maskBsnsInJson(line)) };
  const options = {
    level,
    base: { service, pid: process.pid },
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const log = pino(options, lines);
  return {
    debug: (fields, text) => log.debug(fields, text),
    info: (fields, text) => log.info(fields, text),
    warn: (fields, text) => log.warn(fields, text),
    error: (fields, text) => log.error(fields, text),
  };
}

/** For a library that knows no event names: what it reports becomes this event. */
export function eventLogger(logger: Logger, event: string): EventLogger {
  return {
    error: (details, text) => logger.error({ ...details, event }, text),
    debug: (details, text) => logger.debug({ ...details, event }, text),
  };
}
export type EventLogger = Readonly<
  Record<'error' | 'debug', (details: object, text: string) => void>
>;

/** Writes nothing. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
