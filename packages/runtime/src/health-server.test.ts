import { expect, test } from 'vitest';
import { startHealthServer } from './health-server.ts';
import { createMetrics } from './metrics.ts';

test('readiness tells its reasons, and metrics are those of this process alone', async () => {
  const metrics = createMetrics({ ofProcess: true });
  metrics.counter({ name: 'x_seen_total', help: 'seen', labels: ['rule'] }).inc({ rule: 'bsn' });
  const reasons = ['registry: no answer', 'client 999990342'];
  const health = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    ready: () => reasons,
    metrics,
  });
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(health.url + path, { method });
    return { status: response.status, text: await response.text() };
  };

  try {
    const busy = await get('/health/ready');
    expect(busy.status).toBe(503);
    expect(JSON.parse(busy.text)).toEqual({
      status: 'not ready',
      reasons: ['registry: no answer', 'client [bsn]'],
    });
    reasons.length = 0;
    expect((await get('/health/ready')).status).toBe(200);
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/metrics')).text).toContain('x_seen_total{rule="bsn"} 1');
    expect((await get('/metrics')).text).toContain('process_resident_memory_bytes');
    expect((await get('/other')).status).toBe(404);
    expect((await get('/metrics', 'POST')).status).toBe(405);
  } finally {
    await health.close();
  }
});

test('a metric whose name has no unit is a bug', () => {
  const metrics = createMetrics({ ofProcess: false });

  expect(() => metrics.counter({ name: 'seen', help: 'seen' })).toThrow('_total');
  expect(() => metrics.gauge({ name: 'lag', help: 'lag' })).toThrow('unit');
});
