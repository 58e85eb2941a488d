import type { SourcePosition } from '@smc/domain';
import type { LogRecord } from '@smc/log';

/** Where an input stands, as its answers name it. */
export function sourceOf({ topic, partition, offset }: LogRecord): SourcePosition {
  return { topic, partition, offset };
}
