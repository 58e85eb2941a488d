import { expect, test } from 'vitest';
import { findMissingParts, type Machine } from './missing-parts.ts';

const complete: Machine = {
  java: { home: '/jvm', version: '25.0.3', major: 25 },
  has: () => true,
  isCached: () => false,
};
const partsMissingOn = (machine: Partial<Machine>) =>
  findMissingParts({ ...complete, ...machine }).map(({ part }) => part);

test('a machine with Java, Maven and redis-server lacks nothing', () => {
  expect(partsMissingOn({})).toEqual([]);
});

test('a bare machine lacks all three, and each says how to get it', () => {
  const missing = findMissingParts({ java: undefined, has: () => false, isCached: () => true });

  expect(missing.map(({ part }) => part)).toEqual(['java', 'maven', 'redis-server']);
  for (const { part, howToGet } of missing) expect(howToGet, part).toMatch(/apt-get install/);
});

test('Maven is not missed once the jars are cached', () => {
  const has = (program: string) => program !== 'mvn';

  expect(partsMissingOn({ has })).toEqual(['maven']);
  expect(partsMissingOn({ has, isCached: () => true })).toEqual([]);
});

test('the jars that count are those of the registry which this Java can run', () => {
  const machine: Partial<Machine> = {
    has: (program) => program !== 'mvn',
    isCached: (name) => name.startsWith('kafka') || name.endsWith('3.3.3'),
  };

  expect(partsMissingOn(machine)).toEqual([]);
  expect(
    partsMissingOn({ ...machine, java: { home: '/jvm', version: '17.0.1', major: 17 } }),
  ).toEqual(['maven']);
});

test('a Java that is too old is as good as none', () => {
  expect(partsMissingOn({ java: { home: '/jvm', version: '11.0.2', major: 11 } })).toEqual([
    'java',
  ]);
});
