import { logLevel, type logCreator } from 'kafkajs';

/** What the driver needs of a logger; pino's fits. */
export type KafkaLogger = {
  readonly error: (details: object, message: string) => void;
  readonly debug: (details: object, message: string) => void;
};

/** Silent but for errors. */
export const errorsOnly: KafkaLogger = {
  error: (details, message) => console.error(message, details),
  debug: () => undefined,
};

/**
 * kafkajs' lines, as debug. It calls an error what is a day's work of a cluster (a rebalance, a
 * broker that restarts), and each failure that counts comes back as a rejection besides.
 */
export function logCreatorFor(logger: KafkaLogger): logCreator {
  return () => (entry) => {
    if (entry.level > logLevel.ERROR) return;
    const { timestamp: _, message, ...details } = entry.log;
    logger.debug({ ...details, from: `kafkajs ${entry.namespace}` }, message);
  };
}
