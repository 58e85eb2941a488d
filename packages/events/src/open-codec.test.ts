import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Codec, WireType } from './codec.ts';
import { schemaOf, WIRE_TYPES } from './event-schemas.ts';
import { createMemoryRegistry } from './memory-registry.ts';
import { openCodec, VALUE_BYTES_MAX } from './open-codec.ts';
import { registerSchemas } from './register-schemas.ts';
import { RegistryFault, SchemaNotRegisteredError, type SchemaRegistryPort } from './registry.ts';
import { anyCaseRegistered, id, SAMPLES } from './samples.ts';

async function registered(): Promise<SchemaRegistryPort> {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  return registry;
}

const open = async (types: readonly WireType[] = WIRE_TYPES): Promise<Codec> =>
  openCodec({ registry: await registered(), types });

test.each(WIRE_TYPES)('a %s is read back as it was written', async (type) => {
  const codec = await open();

  const bytes = codec.encode(SAMPLES[type]);

  expect(bytes[0]).toBe(0);
  expect(codec.decode(bytes, [type])).toStrictEqual({ ok: true, value: SAMPLES[type] });
});

test('every valid CaseRegistered is read back as it was written', async () => {
  const codec = await open(['CaseRegistered']);

  fc.assert(
    fc.property(anyCaseRegistered, (event) => {
      expect(codec.decode(codec.encode(event), ['CaseRegistered'])).toStrictEqual({
        ok: true,
        value: event,
      });
    }),
  );
});

test('an event larger than a slab of memory is read back, and so is the next small one', async () => {
  const codec = await open();
  const large = { ...SAMPLES.DemarcationPart, body: Buffer.alloc(900_000, 'x') };

  expect(codec.decode(codec.encode(large), ['DemarcationPart'])).toStrictEqual({
    ok: true,
    value: large,
  });
  expect(codec.decode(codec.encode(SAMPLES.CaseClosed), ['CaseClosed'])).toMatchObject({
    ok: true,
  });
});

test('encoded bytes are not touched by what is encoded after them, wherever a slab ends', async () => {
  const codec = await open();
  const sizes = Array.from({ length: 400 }, (_, i) => (i % 40) * 37);

  const encoded = sizes.map((size) =>
    codec.encode({ ...SAMPLES.DemarcationPart, body: Buffer.alloc(size, 'x') }),
  );

  for (const [i, bytes] of encoded.entries()) {
    const body = Buffer.alloc(sizes[i] ?? 0, 'x');
    expect(codec.decode(bytes, ['DemarcationPart'])).toMatchObject({ ok: true, value: { body } });
  }
});

test('a state is encoded without its type as it is with it', async () => {
  const codec = await open();
  const { type: _, ...state } = SAMPLES.ClientState;
  const closedCases = Array.from({ length: 257 }, (_, i) => id<'CaseId'>(`case-${i}`));

  expect(codec.encodeState(state)).toEqual(codec.encode(SAMPLES.ClientState));
  expect(() => codec.encodeState({ ...state, closedCases })).toThrow('ClientState.closedCases');
});

test('an object that is no valid event is a bug, named by its field and without its value', async () => {
  const codec = await open();
  const event = { ...SAMPLES.CaseClosed, closedOn: '999990342' };

  // @ts-expect-error the compiler refuses it too
  expect(() => codec.encode(event)).toThrow("CaseClosed can't be written: closedOn");
});

test('an array that a reader would refuse as too long is not written', async () => {
  const codec = await open();
  const parameters = Array.from({ length: 9 }, String);
  const tooMany = { ...SAMPLES.ClientStatusChanged, groups: Array.from({ length: 9 }, String) };
  const nested = {
    ...SAMPLES.CaseAssigned,
    explanation: [{ code: 'PARKED' as const, parameters }],
  };

  expect(() => codec.encode(tooMany)).toThrow('groups has too many items');
  expect(() => codec.encode(nested)).toThrow('explanation.parameters has too many items');
});

test('a service whose schemas are not registered does not start, and says which and what to do', async () => {
  const opening = openCodec({ registry: createMemoryRegistry(), types: ['CaseClosed'] });

  await expect(opening).rejects.toThrow(SchemaNotRegisteredError);
  await expect(opening).rejects.toThrow(/smc\.intake\.CaseClosed.*smc stack up/);
});

test('a service whose own version is not among the registered ones does not start', async () => {
  const registry = createMemoryRegistry();
  const { subject, text } = schemaOf('CaseClosed');
  await registry.register(subject, text.replace('A case is finished', 'Done'), 'FULL_TRANSITIVE');

  await expect(openCodec({ registry, types: ['CaseClosed'] })).rejects.toMatchObject({
    subjects: [{ subject, state: 'other' }],
  });
});

test('a registry that is not there yet is a fault that may be tried again', async () => {
  const registry: SchemaRegistryPort = {
    ...createMemoryRegistry(),
    idOf: () => Promise.reject(new RegistryFault('UNREACHABLE', 'refused')),
  };

  await expect(openCodec({ registry, types: ['CaseClosed'] })).rejects.toMatchObject({
    code: 'UNREACHABLE',
    retriable: true,
  });
});

test('bytes without a value, frame or known size are refused by their codes', async () => {
  const codec = await open(['CaseClosed']);
  const valid = codec.encode(SAMPLES.CaseClosed);
  const codeOf = (bytes: Buffer | undefined) => codec.decode(bytes, ['CaseClosed']);

  expect(codeOf(undefined)).toMatchObject({ refusal: { code: 'VALUE_MISSING' } });
  expect(codeOf(Buffer.alloc(0))).toMatchObject({ refusal: { code: 'NOT_FRAMED' } });
  expect(codeOf(Buffer.from('{"caseId":1}'))).toMatchObject({ refusal: { code: 'NOT_FRAMED' } });
  expect(codeOf(Buffer.concat([valid, Buffer.alloc(VALUE_BYTES_MAX)]))).toMatchObject({
    refusal: { code: 'VALUE_TOO_LARGE' },
  });
});

test('a type that this place does not expect is refused', async () => {
  const codec = await open();

  expect(codec.decode(codec.encode(SAMPLES.CaseParked), ['CaseClosed'])).toEqual({
    ok: false,
    refusal: { code: 'UNEXPECTED_SCHEMA', reason: 'CaseClosed expected, not CaseParked' },
  });
});

test('an id that the registry does not have is learned once and refused from then on', async () => {
  const codec = await open(['CaseClosed']);
  const bytes = Buffer.from([0, 0, 0, 99, 99, 1, 2]);

  expect(codec.decode(bytes, ['CaseClosed'])).toEqual({ ok: 'unlearned', schemaId: 25_443 });
  expect(await codec.learn(25_443)).toBe('unknown');
  expect(codec.decode(bytes, ['CaseClosed'])).toMatchObject({
    refusal: { code: 'UNKNOWN_SCHEMA' },
  });
});

test('an id that no registry gives out is refused without asking', async () => {
  const codec = await open(['CaseClosed']);

  for (const id of [0, -1, -2_147_483_648]) {
    const bytes = Buffer.alloc(20);
    bytes.writeInt32BE(id, 1);
    expect(codec.decode(bytes, ['CaseClosed'])).toMatchObject({
      refusal: { code: 'UNKNOWN_SCHEMA' },
    });
  }
});

test('a registry that has lost our own schemas is an outage: nothing is called unknown', async () => {
  const registry = await registered();
  const codec = await openCodec({ registry, types: ['CaseClosed'] });
  const emptied = createMemoryRegistry();
  const afterLoss = await openCodec({
    registry: { ...emptied, idOf: idOfOnce(registry, emptied) },
    types: ['CaseClosed'],
  });

  expect(await codec.learn(77)).toBe('unknown');
  await expect(afterLoss.learn(77)).rejects.toMatchObject({ code: 'UNREACHABLE' });
});

/** Answers the first question, of the start, from one registry and the later ones from another. */
function idOfOnce(first: SchemaRegistryPort, then: SchemaRegistryPort): SchemaRegistryPort['idOf'] {
  let asked = false;
  return (subject, text) => {
    const registry = asked ? then : first;
    asked = true;
    return registry.idOf(subject, text);
  };
}

test('something in front of the registry that answers 404 while we run is an outage', async () => {
  const registry: SchemaRegistryPort = {
    ...(await registered()),
    schemaById: () => Promise.reject(new RegistryFault('WRONG_ADDRESS', 'a proxy')),
  };
  const codec = await openCodec({ registry, types: ['CaseClosed'] });

  await expect(codec.learn(77)).rejects.toMatchObject({ code: 'UNREACHABLE', retriable: true });
});

test('the address of a schema is that of the id on the wire', async () => {
  const codec = await open();

  const id = codec.encode(SAMPLES.CaseAssigned).readInt32BE(1);

  expect(codec.schemaUrl('CaseAssigned')).toBe(`memory:/schemas/ids/${id}`);
});
