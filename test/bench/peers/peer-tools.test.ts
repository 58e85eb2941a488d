import { expect, test } from 'vitest';
import {
  createMemoryRegistry,
  createEventHeaders,
  isTraceparent,
  openCodec,
  registerSchemas,
} from '@smc/events';
import { decodeHeaders } from '@smc/log';
import { decide } from '@smc/decision';
import { must } from '@smc/domain';
import { benchDemarcation } from '../demarcation.ts';
import { createWorkload } from '../workload.ts';
import { createHeadersOf, rulesOf } from './peer-tools.ts';

const parent = must(
  ((text: string) => (isTraceparent(text) ? text : undefined))(
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  ),
  'a trace',
);

test('a peer writes the same headers as the router, but for the random part of its span', async () => {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  const codec = await openCodec({ registry, types: ['CaseAssigned', 'CaseParked'] });
  const event = createWorkload(10).caseOf(7);
  const source = { topic: 'smc.intake', partition: 0, offset: 7 };
  const decided = decide({ event, source }, undefined, rulesOf(await benchDemarcation()));
  const answer = must(decided.ok ? decided.value.events[0] : undefined, 'an answer');
  const timeMs = Date.UTC(2026, 8, 15, 8);

  const theirs = createHeadersOf((type) =>
    codec.schemaUrl(type === 'CaseAssigned' ? 'CaseAssigned' : 'CaseParked'),
  )(answer, { traceparent: parent, ce_traceparent: parent }, timeMs);
  const ours = createEventHeaders({ codec, types: ['CaseAssigned', 'CaseParked'] })(answer, {
    timeMs,
    traceparent: parent,
  });

  const decoded = decodeHeaders(ours);
  const expected = Object.fromEntries(
    [...must(typeof decoded === 'string' ? undefined : decoded, 'whole headers')].map(
      ([name, value]) => [name, value.toString()],
    ),
  );
  expect({ ...theirs, traceparent: parent }).toEqual(expected);
  expect(theirs['traceparent']).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
});
