import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { differencesOf } from './create-topics.ts';
import { loadTopics, parseTopics } from './topics.ts';

const good = {
  defaults: { partitions: 4, replicationFactor: -1, settings: { 'cleanup.policy': 'delete' } },
  coPartitioned: ['smc.a', 'smc.b'],
  topics: [
    { name: 'smc.a', holds: 'a', key: 'clientKey' },
    { name: 'smc.b', holds: 'b', key: 'clientKey', settings: { 'cleanup.policy': 'compact' } },
    { name: 'smc.c', holds: 'c', key: 'version', partitions: 1 },
  ],
};

test('the topics of this system load, and those of one client share a partition count', () => {
  const { topics, coPartitioned } = loadTopics();

  expect(topics.map(({ name, partitions }) => [name, partitions])).toEqual([
    ['smc.intake', 4],
    ['smc.commands', 4],
    ['smc.router-state', 4],
    ['smc.assignments', 4],
    ['smc.intake.dead-letter', 4],
    ['smc.demarcations', 1],
    ['smc.office-intake', 4],
    ['smc.command-answers', 4],
    ['smc.acknowledgements', 4],
  ]);
  expect(coPartitioned).not.toContain('smc.demarcations');
  for (const { name, settings } of topics) {
    expect(settings['compression.type'], name).toBe('uncompressed');
  }
});

test('the state of the router and the demarcations are compacted, and nothing else is', () => {
  const compacted = loadTopics().topics.filter((t) => t.settings['cleanup.policy'] === 'compact');

  expect(compacted.map(({ name }) => name)).toEqual(['smc.router-state', 'smc.demarcations']);
});

test('an installation chooses the partition count of the co-partitioned topics, and of no other', () => {
  const { topics } = loadTopics({ partitions: 12, replicationFactor: 3 });

  expect(topics.find(({ name }) => name === 'smc.intake')).toMatchObject({
    partitions: 12,
    replicationFactor: 3,
  });
  expect(topics.find(({ name }) => name === 'smc.demarcations')?.partitions).toBe(1);
});

test('a topic takes the defaults where it says nothing', () => {
  const { topics } = parseTopics(good);

  expect(topics.map(({ settings }) => settings['cleanup.policy'])).toEqual([
    'delete',
    'compact',
    'delete',
  ]);
});

test.each([
  ['no topics', { topics: [] }, 'topics: expected a list that is not empty, found []'],
  ['a stranger among the fields', { topic: 1 }, 'found "topic"'],
  ['no name', { topics: [{}] }, 'topics[0].name: expected a text, found nothing'],
  [
    'a name with an underscore',
    { topics: [{ name: 'smc.a_b' }] },
    'topics[0].name: expected smc. and lower case letters, digits, . and -, found "smc.a_b"',
  ],
  [
    'no partitions',
    { topics: [{ name: 'smc.a', holds: 'a', key: 'k', partitions: 0 }] },
    'topics[0] (smc.a).partitions: expected a whole number from 1 to 128, found 0',
  ],
  [
    'a setting that is no text',
    { topics: [{ name: 'smc.a', holds: 'a', key: 'k', settings: { 'retention.ms': 5 } }] },
    'topics[0] (smc.a).settings["retention.ms"]: expected a text, found 5',
  ],
  [
    'a topic twice',
    { topics: [good.topics[0], good.topics[0]] },
    'topics[1].name: expected a name that occurs once, found "smc.a"',
  ],
  [
    'a co-partitioned topic that does not exist',
    { coPartitioned: ['smc.a', 'smc.x'] },
    'coPartitioned[1]: expected the name of a topic, found "smc.x"',
  ],
  [
    'co-partitioned topics with different counts',
    { coPartitioned: ['smc.a', 'smc.c'] },
    'coPartitioned[1] (smc.c): expected as many partitions as smc.a (4), found 1',
  ],
])('a topics file with %s is refused, with field and expectation', (_, change, message) => {
  expect(() => parseTopics({ ...good, ...change })).toThrow(message);
});

test('a file that is no JSON, or is not there, is named', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-topics-'));
  const file = path.join(folder, 'topics.json');
  try {
    expect(() => loadTopics({ file })).toThrow(`${file}: ENOENT`);
    writeFileSync(file, '{"topics": [');
    expect(() => loadTopics({ file })).toThrow(new RegExp(`topics.json: .*JSON`));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a topic that is as it should be has no difference, however Kafka writes its numbers', () => {
  const [topic] = parseTopics({
    ...good,
    coPartitioned: ['smc.a'],
    topics: [
      { name: 'smc.a', holds: 'a', key: 'k', settings: { 'min.cleanable.dirty.ratio': '0.10' } },
    ],
  }).topics;
  const settings = new Map([
    ['cleanup.policy', 'delete'],
    ['min.cleanable.dirty.ratio', '0.1'],
  ]);

  expect(topic && differencesOf(topic, { partitions: 4, replicas: 3, settings })).toEqual([]);
});

test('each difference of a topic says what is, what should be and what to do', () => {
  const [topic] = parseTopics(good).topics;
  const settings = new Map([['cleanup.policy', 'compact']]);

  const lines = topic && differencesOf(topic, { partitions: 2, replicas: 1, settings });

  expect(lines?.[0]).toMatch(/^smc\.a has 2 partitions and should have 4\. /);
  expect(lines?.[1]).toBe(
    'smc.a has cleanup.policy=compact and should have delete: ' +
      'kafka-configs --alter --topic smc.a --add-config cleanup.policy=delete',
  );
});
