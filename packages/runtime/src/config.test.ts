import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configHelp, describeProblems, readConfig } from './config.ts';
import {
  doorSetting,
  integerSetting,
  kafkaSetting,
  redisSetting,
  textSetting,
} from './settings.ts';

const spec = {
  kafka: kafkaSetting,
  redis: redisSetting,
  door: doorSetting('SMC_X', 'the door'),
  secret: textSetting('SMC_SECRET', { help: 'a secret' }),
  count: integerSetting('SMC_COUNT', { help: 'a count', fallback: '3', min: 1, max: 9 }),
};

test('what is left out takes its default, and doors open on this machine alone', () => {
  const result = readConfig(spec, { SMC_SECRET: 's' });

  expect(result).toEqual({
    ok: true,
    value: {
      kafka: { brokers: ['127.0.0.1:9092'], ssl: undefined, sasl: undefined },
      redis: 'redis://127.0.0.1:6379',
      door: { host: '127.0.0.1', port: 0 },
      secret: 's',
      count: 3,
    },
  });
});

test('all problems are told at once, by variable, without the value', () => {
  const result = readConfig(spec, {
    SMC_KAFKA_BROKERS: 'kafka',
    SMC_KAFKA_USER: 'router',
    SMC_REDIS_URL: 'hunter2',
    SMC_X_PORT: '70000',
    SMC_COUNT: 'many',
  });

  if (result.ok) throw new Error('a wrong configuration was accepted');
  expect(result.refusal.map(({ variable }) => variable)).toEqual([
    'SMC_KAFKA_BROKERS',
    'SMC_KAFKA_PASSWORD',
    'SMC_REDIS_URL',
    'SMC_X_PORT',
    'SMC_SECRET',
    'SMC_COUNT',
  ]);
  const text = describeProblems(result.refusal);
  expect(text).toContain('SMC_COUNT: a whole number from 1 to 9 expected');
  expect(text).not.toMatch(/hunter2|70000|many/);
});

test('a variable can come from a file, but not from both', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'smc config ')), 'secret');
  writeFileSync(path, 'from file\n');

  const fromFile = readConfig(spec, { SMC_SECRET_FILE: path });
  expect(fromFile.ok && fromFile.value.secret).toBe('from file');
  expect(readConfig(spec, { SMC_SECRET_FILE: path, SMC_SECRET: 'x' }).ok).toBe(false);
  expect(readConfig(spec, { SMC_SECRET_FILE: `${path}.absent` })).toEqual({
    ok: false,
    refusal: [{ variable: 'SMC_SECRET_FILE', expected: `a readable file at ${path}.absent` }],
  });
});

test('TLS and SASL are read as one connection', () => {
  const result = readConfig(
    { kafka: kafkaSetting },
    {
      SMC_KAFKA_BROKERS: 'a:9093, b:9093',
      SMC_KAFKA_TLS: 'true',
      SMC_KAFKA_TLS_CA: 'PEM',
      SMC_KAFKA_USER: 'router',
      SMC_KAFKA_PASSWORD: 'p',
    },
  );

  expect(result.ok && result.value.kafka).toEqual({
    brokers: ['a:9093', 'b:9093'],
    ssl: { ca: 'PEM' },
    sasl: { mechanism: 'scram-sha-512', username: 'router', password: 'p' },
  });
});

test('the help names every variable with what it expects and its default', () => {
  const help = configHelp(spec);

  expect(help).toMatch(/^SMC_SECRET +a text +required +a secret$/m);
  expect(help).toMatch(/^SMC_COUNT +a whole number from 1 to 9 +3 +a count$/m);
  expect(help).toMatch(/^SMC_X_HOST .*127\.0\.0\.1/m);
});
