import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteStore } from './byte-store.ts';

const key = fc.integer({ min: 0, max: 12 }).map((n) => `client-${n}`);
const value = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.integer({ min: 0, max: 100_000 }).map((length) => new Uint8Array(length).fill(length % 251)),
);
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), key, value }),
  fc.record({ kind: fc.constant('delete' as const), key }),
);

test('it answers like a map, whatever is set, replaced and deleted', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const store = new ByteStore();
      const model = new Map<string, Buffer>();
      for (const one of steps) {
        if (one.kind === 'set') {
          store.set(one.key, one.value);
          model.set(one.key, Buffer.from(one.value));
        } else {
          store.delete(one.key);
          model.delete(one.key);
        }
        for (let n = 0; n <= 12; n++) {
          expect(store.get(`client-${n}`)).toEqual(model.get(`client-${n}`));
        }
        expect(store.size).toBe(model.size);
      }
    }),
    { numRuns: 60 },
  );
});

test('values on both sides of a chunk border stay whole', () => {
  const store = new ByteStore();
  const of = (n: number) => new Uint8Array(70_001).fill(n % 251);
  for (let n = 0; n < 200; n++) store.set(`k${n}`, of(n));
  for (let n = 0; n < 200; n++) expect(store.get(`k${n}`)).toEqual(Buffer.from(of(n)));
});
