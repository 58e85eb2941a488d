/** A bug in this program: never the fault of data, of a user or of another system. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BugError(message);
}

/** The value, where the program guarantees that there is one. */
export function must<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new BugError(message);
  return value;
}

/** Marks the end of a switch that has answered every member of a union. */
export function unreachable(value: never): never {
  throw new BugError(`unexpected value ${JSON.stringify(value)}`);
}
