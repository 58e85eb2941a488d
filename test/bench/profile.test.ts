import { expect, test } from 'vitest';
import { placeOf, summariseProfile } from './profile.ts';

const frame = (id: number, functionName: string, url = '') => ({
  id,
  callFrame: { functionName, url, lineNumber: 41 },
});

test('self time is summed by function and by package, without the idle time', () => {
  const router = 'file:///checkout/packages/router/src/batch.ts';
  const summary = summariseProfile({
    nodes: [frame(1, '(idle)'), frame(2, 'answer', router), frame(3, '(garbage collector)')],
    samples: [1, 2, 3, 2],
    timeDeltas: [9_000, 1_000, 500, 2_000],
  });
  expect(summary).toEqual({
    busyMs: 3.5,
    groups: [
      { name: 'packages/router', ms: 3 },
      { name: '(garbage collector)', ms: 0.5 },
    ],
    functions: [
      { name: 'answer  packages/router/src/batch.ts:42', ms: 3 },
      { name: '(garbage collector)', ms: 0.5 },
    ],
  });
});

test('what has no file is grouped by what it is', () => {
  const names = ['writev', 'RegExp: ^a$', 'writeCaseAssigned', '(program)', ''];
  const { groups } = summariseProfile({
    nodes: names.map((name, id) => frame(id, name)),
    samples: [0, 1, 2, 3, 4],
    timeDeltas: [5_000, 4_000, 3_000, 2_000, 1_000],
  });
  expect(groups.map(({ name, ms }) => `${name} ${ms}`)).toEqual([
    'native code 6',
    'regular expressions 4',
    'avsc, generated 3',
    '(program) 2',
  ]);
});

test('a place is our package, the innermost dependency, or node', () => {
  const pnpm = 'file:///c/node_modules/.pnpm/avsc@5.7.9/node_modules/avsc/lib/types.js';
  expect(placeOf(pnpm)).toEqual({ group: 'avsc', file: 'avsc/lib/types.js' });
  const scoped = 'file:///c/node_modules/@kafkajs/confluent-schema-registry/dist/index.js';
  expect(placeOf(scoped).group).toBe('@kafkajs/confluent-schema-registry');
  expect(placeOf('file:///a b/services/router/src/main.ts').group).toBe('services/router');
  expect(placeOf('node:internal/streams').group).toBe('node');
});
