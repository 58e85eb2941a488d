import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AvroSchemaParser } from '@asyncapi/avro-schema-parser';
import { Parser } from '@asyncapi/parser';
import { WIRE_TYPES } from '@smc/events';
import { asyncApiDocument } from '@smc/events/asyncapi';
import { loadTopics } from '@smc/infra';
import { expect, test } from 'vitest';

const committed = readFileSync(
  createRequire(import.meta.url).resolve('@smc/schemas/asyncapi.json'),
  'utf8',
);

async function parse(text: string) {
  const parser = new Parser();
  parser.registerSchemaParser(AvroSchemaParser());
  return parser.parse(text);
}

test('the AsyncAPI document is what schemas, topics and headers give today', () => {
  const document = asyncApiDocument(loadTopics().topics);

  expect(`${JSON.stringify(document, null, 2)}\n`).toBe(committed);
});

test('the AsyncAPI parser accepts the document and finds every type and topic in it', async () => {
  const { document, diagnostics } = await parse(committed);

  expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
  const messages = document?.components().messages().all() ?? [];
  expect(new Set(messages.map((message) => message.title()))).toEqual(new Set(WIRE_TYPES));
  expect(messages.every((message) => message.payload() !== undefined)).toBe(true);
  const channels = document?.channels().all() ?? [];
  expect(new Set(channels.map((channel) => channel.address()))).toEqual(
    new Set(loadTopics().topics.map(({ name }) => name)),
  );
});

test('the AsyncAPI parser would find a reference that leads nowhere', async () => {
  const damaged = committed.replaceAll('#/components/schemas/clientKey', '#/components/nothing');

  const { diagnostics } = await parse(damaged);

  expect(diagnostics.some(({ severity }) => severity === 0)).toBe(true);
});
