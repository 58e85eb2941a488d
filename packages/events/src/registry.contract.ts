/** What every schema registry must do for this system; run on the real one and on memory. */
import { describe, expect, test } from 'vitest';
import { schemaOf } from './event-schemas.ts';
import { openCodec } from './open-codec.ts';
import { registerSchemas } from './register-schemas.ts';
import type { SchemaRegistryPort } from './registry.ts';
import { SAMPLES } from './samples.ts';

const FIELD = { name: 'note', type: ['null', 'string'], default: null, doc: 'A word with it.' };

/** The schema of a subject of its own per test, so that one registry serves them all. */
function schema(name: string, fields: readonly object[]): { subject: string; text: string } {
  const text = JSON.stringify({ type: 'record', name, namespace: 'smc.contract', fields });
  return { subject: `smc.contract.${name}`, text };
}

const ID = { name: 'id', type: 'string' };

export function registryContract(name: string, open: () => SchemaRegistryPort): void {
  describe(`the registry: ${name}`, () => {
    test('a subject that nobody registered has no version and no id', async () => {
      const { subject, text } = schema('Nobody', [ID]);

      expect(await open().latestId(subject)).toBeUndefined();
      expect(await open().idOf(subject, text)).toBeUndefined();
      for (const id of [987_654, 2_147_483_647]) {
        expect(await open().schemaById(id)).toBeUndefined();
      }
    });

    test('a registered schema is found by its subject and by its id, and a repeat adds nothing', async () => {
      const { subject, text } = schema('Once', [ID]);

      const id = await open().register(subject, text, 'FULL_TRANSITIVE');

      expect(await open().register(subject, text, 'FULL_TRANSITIVE')).toBe(id);
      expect(await open().idOf(subject, text)).toBe(id);
      expect(await open().latestId(subject)).toBe(id);
      expect(JSON.parse((await open().schemaById(id)) ?? '')).toMatchObject({ type: 'record' });
      expect(open().schemaUrl(id)).toMatch(new RegExp(`^[a-z]+:.*/schemas/ids/${id}$`));
    });

    test('a version with a new optional field is taken, and the older one is still found', async () => {
      const first = schema('Growing', [ID]);
      const second = schema('Growing', [ID, FIELD]);

      const firstId = await open().register(first.subject, first.text, 'FULL_TRANSITIVE');
      const secondId = await open().register(second.subject, second.text, 'FULL_TRANSITIVE');

      expect(secondId).not.toBe(firstId);
      expect(await open().idOf(first.subject, first.text)).toBe(firstId);
      expect(await open().latestId(first.subject)).toBe(secondId);
    });

    test('a version that older readers could not read is refused', async () => {
      const first = schema('Strict', [ID]);
      const second = schema('Strict', [{ name: 'other', type: 'string' }]);
      await open().register(first.subject, first.text, 'FULL_TRANSITIVE');

      await expect(
        open().register(second.subject, second.text, 'FULL_TRANSITIVE'),
      ).rejects.toMatchObject({ code: 'INCOMPATIBLE', retriable: false });
    });

    test('a subject keeps the level it was begun with', async () => {
      const { subject, text } = schema('Level', [ID]);
      const next = schema('Level', [ID, FIELD]);
      await open().register(subject, text, 'BACKWARD_TRANSITIVE');

      await expect(open().register(subject, next.text, 'FULL_TRANSITIVE')).rejects.toMatchObject({
        code: 'INCOMPATIBLE',
      });
    });

    test('all our schemas are registered once, and a codec opened on them writes and reads', async () => {
      const first = await registerSchemas(open());
      const again = await registerSchemas(open());

      expect(again).toEqual(first.map((done) => ({ ...done, added: false })));
      const codec = await openCodec({ registry: open(), types: ['CaseAssigned'] });
      const bytes = codec.encode(SAMPLES.CaseAssigned);
      expect(codec.decode(bytes, ['CaseAssigned'])).toStrictEqual({
        ok: true,
        value: SAMPLES.CaseAssigned,
      });
    });

    test('what a newer version wrote is learned and read', async () => {
      const { subject, text } = schemaOf('CaseClosed');
      const older = JSON.parse(text);
      const newer = JSON.stringify({ ...older, fields: [...older.fields, FIELD] });
      await open().register(subject, text, 'FULL_TRANSITIVE');
      const newerId = await open().register(subject, newer, 'FULL_TRANSITIVE');
      const codec = await openCodec({ registry: open(), types: ['CaseClosed'] });
      // The new field is the last: null is one zero byte.
      const bytes = Buffer.concat([codec.encode(SAMPLES.CaseClosed), Buffer.from([0])]);
      bytes.writeInt32BE(newerId, 1);

      expect(codec.decode(bytes, ['CaseClosed'])).toEqual({ ok: 'unlearned', schemaId: newerId });
      expect(await codec.learn(newerId)).toBe('learned');

      expect(codec.decode(bytes, ['CaseClosed'])).toStrictEqual({
        ok: true,
        value: SAMPLES.CaseClosed,
      });
    });
  });
}
