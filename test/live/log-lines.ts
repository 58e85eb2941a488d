import { readFileSync } from 'node:fs';

/** A line of a service's log, as far as tests look into it. */
export type LogLine = {
  readonly event: string;
  readonly partition: number | undefined;
  readonly partitions: readonly number[];
  readonly code: string | undefined;
};

/** The lines that a service has logged so far. What is no event (a crash of Node) is left out. */
export function logLinesOf(file: string): readonly LogLine[] {
  return readFileSync(file, 'utf8').split('\n').flatMap(parse);
}

function parse(line: string): readonly LogLine[] {
  const fields = fieldsOf(line);
  const { event, partition, partitions, code } = fields;
  if (typeof event !== 'string') return [];
  return [
    {
      event,
      partition: typeof partition === 'number' ? partition : undefined,
      partitions: Array.isArray(partitions) ? partitions.map(Number) : [],
      code: typeof code === 'string' ? code : undefined,
    },
  ];
}

function fieldsOf(line: string): {
  readonly event?: unknown;
  readonly partition?: unknown;
  readonly partitions?: unknown;
  readonly code?: unknown;
} {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    // Empty, or not yet written to its end.
    return {};
  }
}
