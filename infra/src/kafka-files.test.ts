import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { KAFKA_VERSION, REGISTRY_VERSIONS } from './fetch-jars.ts';
import { clusterIdOf, formatLogFolder, newKafkaId, serverProperties } from './kafka-files.ts';

const ports = [1, 2, 3].map((node) => ({ client: 9000 + node, controller: 9100 + node }));

test('three brokers keep three copies and acknowledge with two; one keeps one', () => {
  const three = serverProperties({ node: 2, ports, logFolder: '/data', settings: {} });
  const one = serverProperties({
    node: 1,
    ports: ports.slice(0, 1),
    logFolder: '/a b',
    settings: {},
  });

  expect(three).toMatch(/^node\.id=2$/m);
  expect(three).toMatch(/^controller\.quorum\.voters=1@127\.0\.0\.1:9101,2@.*:9102,3@.*:9103$/m);
  for (const [text, copies, inSync] of [
    [three, 3, 2],
    [one, 1, 1],
  ] as const) {
    expect(text).toMatch(new RegExp(`^default\\.replication\\.factor=${copies}$`, 'm'));
    expect(text).toMatch(new RegExp(`^transaction\\.state\\.log\\.min\\.isr=${inSync}$`, 'm'));
  }
  expect(one).toMatch(/^log\.dirs=\/a b$/m);
});

test('every broker listens on this machine only', () => {
  const text = serverProperties({ node: 1, ports, logFolder: '/data', settings: {} });

  expect(text).toMatch(
    /^listeners=PLAINTEXT:\/\/127\.0\.0\.1:9001,CONTROLLER:\/\/127\.0\.0\.1:9101$/m,
  );
});

test('a setting of the caller replaces ours', () => {
  const settings = { 'num.io.threads': '8' };
  const text = serverProperties({ node: 1, ports, logFolder: '/data', settings });

  expect(text.match(/^num\.io\.threads=.*$/gm)).toEqual(['num.io.threads=8']);
});

test('a folder that is formatted already keeps its cluster', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-format-'));
  const checkpoint = path.join(folder, 'checkpoint');
  const logFolder = path.join(folder, 'log');
  try {
    writeFileSync(checkpoint, 'content');
    expect(clusterIdOf(logFolder)).toBeUndefined();
    formatLogFolder({ logFolder, node: 1, clusterId: 'first', checkpoint });
    formatLogFolder({ logFolder, node: 1, clusterId: 'second', checkpoint });

    expect(clusterIdOf(logFolder)).toBe('first');
    expect(readFileSync(path.join(logFolder, 'bootstrap.checkpoint'), 'utf8')).toBe('content');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an id is 22 characters that no tool takes for an option', () => {
  const ids = Array.from({ length: 500 }, newKafkaId);

  expect(new Set(ids).size).toBe(500);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
});

test('users of Docker get the same versions of Kafka and the registry', () => {
  const compose = readFileSync(new URL('../compose.yaml', import.meta.url), 'utf8');

  expect(compose).toContain(`image: apache/kafka:${KAFKA_VERSION}\n`);
  expect(compose).toContain(`image: apicurio/apicurio-registry:${REGISTRY_VERSIONS.java21}\n`);
});
