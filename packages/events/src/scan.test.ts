import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { writerType } from './avro-types.ts';
import type { Codec, WireEvent } from './codec.ts';
import { WIRE_TYPES } from './event-schemas.ts';
import { createMemoryRegistry } from './memory-registry.ts';
import { openCodec } from './open-codec.ts';
import { registerSchemas } from './register-schemas.ts';
import { anyCaseRegistered, SAMPLES } from './samples.ts';
import { compileScan, FOREIGN_ARRAY_ITEMS_MAX, type Cursor } from './scan.ts';

let codec: Codec;
beforeAll(async () => {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  codec = await openCodec({ registry, types: WIRE_TYPES });
});

/** Scans the bytes and tells what is wrong with them. */
function flawOf(schema: object, bytes: readonly number[], bounds = {}): string | undefined {
  const scan = compileScan(
    writerType(JSON.stringify(schema)),
    new Map(Object.entries<number>(bounds)),
  );
  const cursor: Cursor = {
    bytes: Buffer.from(bytes),
    at: 0,
    code: 'NOT_AVRO',
    path: '',
    expected: '',
  };
  return scan(cursor) ? undefined : `${cursor.code} ${cursor.path}: ${cursor.expected}`;
}

const record = (type: unknown) => ({ type: 'record', name: 'R', fields: [{ name: 'f', type }] });
const strings = record({ type: 'array', items: 'string' });

test('an array may have as many items as its bound says, in any number of blocks', () => {
  expect(flawOf(strings, [4, 0, 0, 0], { f: 2 })).toBeUndefined();
  expect(flawOf(strings, [2, 0, 2, 0, 0], { f: 2 })).toBeUndefined();
  expect(flawOf(strings, [6], { f: 2 })).toBe('ARRAY_TOO_LONG f: at most 2 items');
  expect(flawOf(strings, [2, 0, 2, 0, 2, 0, 0], { f: 2 })).toBe(
    'ARRAY_TOO_LONG f: at most 2 items',
  );
});

test('an array that only the writer knows is bounded too', () => {
  const items = FOREIGN_ARRAY_ITEMS_MAX + 1;
  const bytes = [...zigzag(items), ...Array<number>(items).fill(0), 0];

  expect(flawOf(strings, bytes)).toMatch(/^ARRAY_TOO_LONG f/);
});

test('an array block with a negative count is refused', () => {
  expect(flawOf(strings, [1, 0, 0])).toBe('NOT_AVRO f: array blocks with a positive count');
});

test('a number that is cut off, longer than needed or beyond 2^52 is refused', () => {
  const long = record('long');

  expect(flawOf(long, zigzag(2 ** 52))).toBeUndefined();
  expect(flawOf(long, [0x80])).toMatch(/^NOT_AVRO f/);
  expect(flawOf(long, [0x82, 0x00])).toMatch(/^NOT_AVRO f/);
  expect(flawOf(long, zigzag(2 ** 52 + 2))).toMatch(/^NOT_AVRO f/);
  expect(flawOf(long, Array<number>(12).fill(0xff))).toMatch(/^NOT_AVRO f/);
});

test('booleans, enums, unions and lengths that mean nothing are refused', () => {
  const symbols = record({ type: 'enum', name: 'E', symbols: ['A', 'B'] });

  expect(flawOf(record('boolean'), [7])).toBe('NOT_AVRO f: a boolean, 0 or 1');
  expect(flawOf(record('boolean'), [])).toBe('NOT_AVRO f: a boolean, 0 or 1');
  expect(flawOf(symbols, [4])).toBe('NOT_AVRO f: one of 2 symbols');
  expect(flawOf(record(['null', 'string']), [4])).toBe('NOT_AVRO f: one of 2 branches');
  expect(flawOf(record('string'), [1])).toBe('NOT_AVRO f: a length');
  expect(flawOf(record('bytes'), [6, 1, 2])).toMatch(/^NOT_AVRO f: as many bytes/);
  expect(flawOf(record('int'), zigzag(2 ** 31))).toMatch(/^NOT_AVRO f: .* 32 bits/);
});

test('a schema with a map, or one that contains itself, is refused before any byte is read', () => {
  const itself = { type: 'record', name: 'R', fields: [{ name: 'f', type: ['null', 'R'] }] };

  expect(() => flawOf(record({ type: 'map', values: 'string' }), [])).toThrow('has a map');
  expect(() => flawOf(itself, [])).toThrow('nested too deep');
});

test('the field that is wrong is named by its path', () => {
  const bytes = codec.encode(SAMPLES.CaseAssigned);
  const code = bytes.indexOf('OFFICE_BY_POSTCODE');
  bytes[code + 'OFFICE_BY_POSTCODE'.length] = 1;

  expect(codec.decode(bytes, ['CaseAssigned'])).toEqual({
    ok: false,
    refusal: {
      code: 'NOT_AVRO',
      reason: 'explanation.parameters: array blocks with a positive count expected',
    },
  });
});

test('a record of 150 bytes that claims ten million groups is refused, not unpacked', () => {
  const whole = codec.encode(SAMPLES.CaseRegistered);
  const groups = whole.indexOf('vast-dienstverband') + 'vast-dienstverband'.length + 1;
  const bomb = Buffer.concat([whole.subarray(0, groups), Buffer.from(zigzag(10_000_000))]);

  const started = performance.now();
  const decoded = codec.decode(bomb, ['CaseRegistered']);

  expect(performance.now() - started).toBeLessThan(1_000);
  expect(decoded).toEqual({
    ok: false,
    refusal: { code: 'ARRAY_TOO_LONG', reason: 'groups: at most 8 items expected' },
  });
});

test('bytes behind the last field are refused', () => {
  const bytes = Buffer.concat([codec.encode(SAMPLES.CaseClosed), Buffer.from([0])]);

  expect(codec.decode(bytes, ['CaseClosed'])).toMatchObject({
    refusal: { code: 'NOT_AVRO', reason: 'bytes left over behind the last field' },
  });
});

const anyBytes = fc.uint8Array({ maxLength: 400 });

test('no bytes make decoding throw, and what it accepts can be written and read again', () => {
  const ids = WIRE_TYPES.map((type) => codec.encode(SAMPLES[type]).readInt32BE(1));
  const framed = fc.tuple(fc.constantFrom(...ids), anyBytes).map(([id, body]) => {
    const bytes = Buffer.concat([Buffer.alloc(5), body]);
    bytes.writeInt32BE(id, 1);
    return bytes;
  });

  fc.assert(fc.property(framed, decodesCleanly), { numRuns: 2_000 });
  fc.assert(
    fc.property(
      anyBytes.map((bytes) => Buffer.from(bytes)),
      decodesCleanly,
    ),
  );
});

test('no change to a valid value makes decoding throw', () => {
  const samples = fc.constantFrom<WireEvent>(...Object.values(SAMPLES));
  const changed = fc
    .tuple(
      fc.oneof(samples, anyCaseRegistered),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
      fc.nat(),
    )
    .map(([event, changes, cut]) => {
      const bytes = codec.encode(event);
      for (const [at, byte] of changes) bytes[5 + (at % (bytes.length - 5))] = byte;
      return cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
    });

  fc.assert(fc.property(changed, decodesCleanly), { numRuns: 5_000 });
});

function decodesCleanly(bytes: Buffer): void {
  const decoded = codec.decode(bytes, WIRE_TYPES);
  if (decoded.ok !== true) {
    if (decoded.ok === false) expect(decoded.refusal.reason).toMatch(/\S/);
    return;
  }
  const again = codec.decode(codec.encode(decoded.value), WIRE_TYPES);
  expect(again).toStrictEqual(decoded);
}

function zigzag(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  while (rest >= 0x80) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
