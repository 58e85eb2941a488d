import { expect, test } from 'vitest';
import { createMetrics, createReadiness, silentLogger, systemClock } from '@smc/runtime';
import { clientKey, createTestLog, EventMaker, until } from '@smc/subscriber/testing';
import { createMemoryStore } from './memory-store.ts';
import { startProjector } from './start-projector.ts';

test('the projector starts without Kafka, says what it waits for, and ends in good order', async () => {
  const log = await createTestLog();
  const readiness = createReadiness();
  let reachable = false;
  const failures: unknown[] = [];
  const service = startProjector({
    config: { divisionLagSeconds: 60 },
    connectLog: async () => {
      if (reachable) return log.broker.connect('projector');
      throw Object.assign(new Error('no broker answers'), { retriable: true });
    },
    registry: log.registry,
    store: createMemoryStore(),
    metrics: createMetrics({ ofProcess: false }),
    readiness,
    logger: silentLogger,
    clock: systemClock,
    random: Math.random,
    fail: (error) => void failures.push(error),
  });
  await until('it says so', () => readiness.reasons().includes('log: no broker answers'));
  reachable = true;
  await log.publish([new EventMaker().assigned({ clientKey: clientKey(1) })]);
  await until('the client is known', async () => {
    const view = await service.views.clientView(clientKey(1)).catch(() => undefined);
    return view?.team === 'utrecht-1';
  });
  await until('it is ready', () => readiness.reasons().length === 0);
  await service.stop();
  expect(failures).toEqual([]);
});
