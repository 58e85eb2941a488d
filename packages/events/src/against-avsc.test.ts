/** The codec beside avsc: the same bytes written, the same value read, the same bytes refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrayBounds, readerType, writerType } from './avro-types.ts';
import type { WireEvent } from './codec.ts';
import { schemaOf, WIRE_TYPES } from './event-schemas.ts';
import * as known from './known-sets.ts';
import { createMemoryRegistry } from './memory-registry.ts';
import { openCodec } from './open-codec.ts';
import { registerSchemas } from './register-schemas.ts';
import { anyCaseRegistered, SAMPLES } from './samples.ts';
import { compileScan } from './scan.ts';
import { FRAME_BYTES } from './writers.ts';

const registry = createMemoryRegistry();
await registerSchemas(registry);
const codec = await openCodec({ registry, types: WIRE_TYPES });

const types = WIRE_TYPES.map((type) => {
  const { text } = schemaOf(type);
  const avro = readerType(text);
  return { type, avro, scan: compileScan(writerType(text), arrayBounds(text)) };
});

const payloadOf = (event: WireEvent) => codec.encode(event).subarray(FRAME_BYTES);

test.each(types)('a $type is written as avsc writes it', ({ type, avro }) => {
  expect(payloadOf(SAMPLES[type])).toEqual(avro.toBuffer(SAMPLES[type]));
});

test('every valid case is written as avsc writes it', () => {
  const avro = readerType(schemaOf('CaseRegistered').text);
  fc.assert(
    fc.property(anyCaseRegistered, (event) => payloadOf(event).equals(avro.toBuffer(event))),
  );
});

test('whatever text stands in a reason is written as avsc writes it', () => {
  const avro = readerType(schemaOf('DeadLetter').text);
  const text = fc.string({ unit: 'binary', maxLength: 300 });
  const bytes = fc.uint8Array({ maxLength: 5_000 }).map((its) => Buffer.from(its));
  fc.assert(
    fc.property(text, bytes, (reason, value) => {
      const event = { ...SAMPLES.DeadLetter, reason, value };
      return payloadOf(event).equals(avro.toBuffer(event));
    }),
  );
});

/** A value as avsc gives it, in the words of the domain. */
function asRead(value: unknown): unknown {
  if (value === null) return undefined;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.filter(isKnownStep).map(asRead);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, its]) => [name, asRead(its)]));
}

function isKnownStep(item: unknown): boolean {
  const codes: ReadonlySet<unknown> = known.reasonCodes;
  const isStep = typeof item === 'object' && item !== null && 'parameters' in item;
  return !isStep || !('code' in item) || codes.has(item.code);
}

test.each(types)('damaged bytes of a $type are read as avsc reads them, or refused', (one) => {
  const { type, avro, scan } = one;
  const whole = codec.encode(SAMPLES[type]);
  const change = fc.tuple(fc.nat(whole.length - FRAME_BYTES - 1), fc.nat(255));
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(changes, fc.nat(3), (its, cut) => {
      const bytes = Buffer.from(whole.subarray(0, whole.length - (cut === 3 ? 1 : 0)));
      for (const [at, byte] of its) bytes[FRAME_BYTES + at] = byte;
      const decoded = codec.decode(bytes, [type]);
      const cursor = { bytes, at: FRAME_BYTES, code: 'NOT_AVRO' as const, path: '', expected: '' };
      const isAvro = scan(cursor) && cursor.at === bytes.length;

      if (decoded.ok === false) {
        expect(decoded.refusal.code === 'FIELD_INVALID').toBe(isAvro);
        return;
      }
      expect(isAvro).toBe(true);
      const value = { type, ...Object(asRead(avro.decode(bytes, FRAME_BYTES).value)) };
      expect(decoded).toEqual({ ok: true, value });
    }),
    { numRuns: 400 },
  );
});

const arrays = types.flatMap(({ type, avro }) =>
  [...arrayBounds(schemaOf(type).text)].map(([path, itemsMax]) => ({ type, avro, path, itemsMax })),
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
  const { type, path, itemsMax, avro } = array;
  const full = codec.encode(withItems(SAMPLES[type], path, itemsMax));
  const tooFull = withItems(SAMPLES[type], path, itemsMax + 1);

  expect(codec.decode(full, [type])).toMatchObject({ ok: true });
  expect(() => codec.encode(tooFull)).toThrow(`${type}.${path} has too many items`);
  const foreign = Buffer.concat([full.subarray(0, FRAME_BYTES), avro.toBuffer(tooFull)]);
  expect(codec.decode(foreign, [type])).toMatchObject({ refusal: { code: 'ARRAY_TOO_LONG' } });
});
