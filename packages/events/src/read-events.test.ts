import { beforeAll, expect, test } from 'vitest';
import { readerType } from './avro-types.ts';
import type { Codec, WireType } from './codec.ts';
import { schemaOf, WIRE_TYPES } from './event-schemas.ts';
import { createMemoryRegistry } from './memory-registry.ts';
import { openCodec } from './open-codec.ts';
import { registerSchemas } from './register-schemas.ts';
import { SAMPLES } from './samples.ts';

let codec: Codec;
beforeAll(async () => {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  codec = await openCodec({ registry, types: WIRE_TYPES });
});

/** What a system that knows Avro but not our rules would write, and what we make of it. */
function decodeWith(type: WireType, changes: object) {
  const frame = codec.encode(SAMPLES[type]).subarray(0, 5);
  const value = readerType(schemaOf(type).text).toBuffer({ ...SAMPLES[type], ...changes });
  return codec.decode(Buffer.concat([frame, value]), [type]);
}

test.each<[string, object, string]>([
  ['no identifier', { caseId: 'two words' }, 'caseId: an identifier'],
  ['an identifier that is too long', { eventId: 'x'.repeat(65) }, 'eventId: an identifier'],
  ['a BSN for a client key', { clientKey: '999990342' }, 'clientKey: 26 characters'],
  ['more than two digits', { bsnSuffix: '342' }, 'bsnSuffix: two digits'],
  ['a postcode with a space', { postcode: '3511 AB' }, 'postcode: four digits'],
  ['a home without a postcode', { postcode: undefined }, 'postcode: a postcode with addressKind'],
  ['a secret with a postcode', { addressKind: 'secret' }, 'postcode: no postcode with addressKind'],
  ['a symbol of a newer version', { channel: 'UNKNOWN' }, 'channel: one of central, local'],
  ['a code with a space', { law: 'de wet' }, 'law: an identifier'],
  ['a group with a space', { groups: ['klm', 'the army'] }, 'groups: an identifier'],
  ['an instant before 1970', { receivedAtMs: -1 }, 'receivedAtMs: a whole number'],
  ['an instant after the year 9999', { receivedAtMs: 2 ** 50 }, 'receivedAtMs: a whole number'],
])('a case with %s is refused by the name of the field', (_, changes, reason) => {
  const decoded = decodeWith('CaseRegistered', changes);

  expect(decoded).toMatchObject({ ok: false, refusal: { code: 'FIELD_INVALID' } });
  expect(decoded).toHaveProperty('refusal.reason', expect.stringContaining(reason));
  expect(JSON.stringify(decoded)).not.toContain('999990342');
});

test.each<[WireType, object, string]>([
  ['CaseAssigned', { clientSequence: 0 }, 'clientSequence'],
  ['CaseAssigned', { demarcationHash: 'abc' }, 'demarcationHash'],
  ['CaseAssigned', { source: { topic: 'smc.intake', partition: -1, offset: 0 } }, 'partition'],
  ['CaseParked', { code: 'UNKNOWN' }, 'code'],
  ['ClientHandedOver', { cause: 'a newer cause' }, 'cause'],
  ['Acknowledgement', { division: 'a sixth division' }, 'division'],
  ['DeadLetter', { reason: 'two\nlines' }, 'reason'],
  ['DemarcationManifest', { publishedBy: 'x'.repeat(201) }, 'publishedBy'],
])('a %s with %o is refused', (type, changes, field) => {
  expect(decodeWith(type, changes)).toMatchObject({
    refusal: { code: 'FIELD_INVALID', reason: expect.stringContaining(field) },
  });
});

test('a day outside 1900 to 2199 is refused', () => {
  const bytes = codec.encode({ ...SAMPLES.CaseClosed });
  const far = Buffer.from([0x80, 0x89, 0x7a]);

  const decoded = codec.decode(Buffer.concat([bytes.subarray(0, -3), far]), ['CaseClosed']);

  expect(decoded).toMatchObject({
    refusal: { code: 'FIELD_INVALID', reason: 'closedOn: a day between 1900 and 2199 expected' },
  });
});

test('bytes that are no UTF-8 are refused where words are expected', () => {
  const bytes = codec.encode(SAMPLES.DemarcationActivated);
  bytes[bytes.length - 1] = 0xff;

  expect(codec.decode(bytes, ['DemarcationActivated'])).toMatchObject({
    refusal: { code: 'FIELD_INVALID', reason: expect.stringContaining('activatedBy') },
  });
});

test('a step of an explanation that only a newer version knows is left out', () => {
  const [first] = SAMPLES.CaseAssigned.explanation;
  const explanation = [first, { code: 'A_NEWER_REASON', parameters: ['x'] }];

  expect(decodeWith('CaseAssigned', { explanation })).toEqual({
    ok: true,
    value: { ...SAMPLES.CaseAssigned, explanation: [first] },
  });
});
