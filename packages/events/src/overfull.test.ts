import { expect, test } from 'vitest';
import { arrayBounds } from './avro-types.ts';
import type { WireEvent } from './codec.ts';
import { schemaOf, WIRE_TYPES } from './event-schemas.ts';
import { overfullArray } from './overfull.ts';
import { SAMPLES } from './samples.ts';

const arrays = WIRE_TYPES.flatMap((type) =>
  [...arrayBounds(schemaOf(type).text)].map(([path, itemsMax]) => ({ type, path, itemsMax })),
);

/** The sample of a type with so many items in one of its arrays, copies of an item it has. */
function withItems(event: WireEvent, path: string, items: number): WireEvent {
  const [first = '', second] = path.split('.');
  const list: unknown = Reflect.get(event, first);
  const item: unknown = Array.isArray(list) ? (list[0] ?? 'x') : 'x';
  const filled =
    second === undefined
      ? Array<unknown>(items).fill(item)
      : [{ ...Object(item), [second]: Array<unknown>(items).fill('x') }];
  return { ...event, [first]: filled };
}

test.each(arrays)('$type.$path holds $itemsMax items and not one more', (array) => {
  const { type, path, itemsMax } = array;

  expect(overfullArray(withItems(SAMPLES[type], path, itemsMax))).toBeUndefined();
  expect(overfullArray(withItems(SAMPLES[type], path, itemsMax + 1))).toBe(path);
});
