/**
 * A function made as a text. `value.team` in it is one load for the engine, and an object that it
 * makes has its shape from the start, where `value[name]` in a loop over the fields is a search
 * each time: twice the time (decisions.md). The texts hold nothing but names of our own schemas,
 * which Avro keeps to letters, digits and underscores.
 */
import { assert } from '@smc/domain';

/** `parts` are in reach of the text as `part0`, `part1`, and so on; it returns the function. */
export function compileText(body: string, parts: readonly unknown[]): unknown {
  const names = parts.map((_, i) => `part${i}`);
  const make: unknown = Reflect.construct(Function, [...names, body]);
  assert(typeof make === 'function', 'a text compiles to a function');
  return Reflect.apply(make, undefined, parts);
}
