import { createMemoryRegistry, RegistryFault, type SchemaRegistryPort } from '@smc/events';
import { createMemoryBroker } from '@smc/log';
import { expect, test } from 'vitest';
import {
  CASE,
  embeddedIntake,
  memoryBroker,
  memoryRegistry,
  storedEvents,
} from './testing/fixtures.ts';

const post = (url: string) =>
  fetch(`${url}/v1/cases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(CASE),
  });

test('a registry that comes later is waited for with the door open, and then intake works', async () => {
  const registry = await memoryRegistry();
  let isAway = true;
  const late: SchemaRegistryPort = {
    ...registry,
    idOf: (subject, text) =>
      isAway
        ? Promise.reject(new RegistryFault('UNREACHABLE', 'no answer'))
        : registry.idOf(subject, text),
  };
  const intake = await embeddedIntake(memoryBroker(), Promise.resolve(late));
  await expect.poll(() => intake.readiness.reasons().join()).toContain('registry: no answer');
  const early = await post(intake.doors.http);
  isAway = false;
  await intake.ready;
  const later = await post(intake.doors.http);
  await intake.stop();

  expect(early.status).toBe(503);
  expect(early.headers.get('retry-after')).toBe('5');
  expect(await early.json()).toMatchObject({ code: 'STARTING' });
  expect(later.status).toBe(202);
});

test('intake does not go on when its schemas are not registered, and says which', async () => {
  const intake = await embeddedIntake(memoryBroker(), Promise.resolve(createMemoryRegistry()));
  await expect.poll(() => intake.failures).toHaveLength(1);
  await intake.stop();

  expect(String(intake.failures[0])).toContain('CaseRegistered');
});

test('intake does not go on without its topic', async () => {
  const intake = await embeddedIntake(createMemoryBroker());
  await expect.poll(() => intake.failures).toHaveLength(1);
  await intake.stop();

  expect(String(intake.failures[0])).toContain('smc.intake');
});

test('what was taken in is stored and answered before intake has stopped', async () => {
  const intake = await embeddedIntake();
  await intake.ready;
  const hold = intake.broker.hold({ operation: 'publish', stage: 'before' });
  const answer = post(intake.doors.http);
  await hold.reached;
  const stopped = intake.stop();
  hold.release();

  expect((await answer).status).toBe(202);
  await stopped;
  expect(await storedEvents(intake.broker)).toHaveLength(1);
  await expect(post(intake.doors.http)).rejects.toThrow();
});
