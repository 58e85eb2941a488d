import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { validateFiles } from '../validate-files.ts';
import { TRIPS, tripped } from '../testing/trips.ts';
import { toSarif } from './sarif.ts';

const text = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text: { type: 'string', minLength: 1 } },
};
const level = { enum: ['none', 'note', 'warning', 'error'] };

/** What SARIF 2.1.0 asks of the parts of it that are used: nothing else may be there. */
const SARIF = {
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', pattern: '^https://.*/sarif-schema-2[.]1[.]0[.]json$' },
    version: { const: '2.1.0' },
    runs: { type: 'array', items: { $ref: '#/$defs/run' } },
  },
  $defs: {
    run: {
      type: 'object',
      required: ['tool'],
      additionalProperties: false,
      properties: {
        tool: {
          type: 'object',
          required: ['driver'],
          additionalProperties: false,
          properties: { driver: { $ref: '#/$defs/toolComponent' } },
        },
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        results: { type: 'array', items: { $ref: '#/$defs/result' } },
      },
    },
    toolComponent: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        rules: { type: 'array', uniqueItems: true, items: { $ref: '#/$defs/descriptor' } },
      },
    },
    descriptor: {
      type: 'object',
      required: ['id'],
      additionalProperties: false,
      properties: {
        id: { type: 'string' },
        shortDescription: text,
        help: text,
        defaultConfiguration: {
          type: 'object',
          additionalProperties: false,
          properties: { level },
        },
        properties: {
          type: 'object',
          properties: { tags: { type: 'array', uniqueItems: true, items: { type: 'string' } } },
        },
      },
    },
    result: {
      type: 'object',
      required: ['message'],
      additionalProperties: false,
      properties: {
        ruleId: { type: 'string' },
        ruleIndex: { type: 'integer', minimum: 0 },
        level,
        message: text,
        locations: { type: 'array', items: { $ref: '#/$defs/location' } },
      },
    },
    location: {
      type: 'object',
      additionalProperties: false,
      properties: {
        physicalLocation: {
          type: 'object',
          required: ['artifactLocation'],
          additionalProperties: false,
          properties: {
            artifactLocation: {
              type: 'object',
              additionalProperties: false,
              properties: { uri: { type: 'string', pattern: '^[^\\s\\\\]+$' } },
            },
            region: {
              type: 'object',
              additionalProperties: false,
              properties: {
                startLine: { type: 'integer', minimum: 1 },
                startColumn: { type: 'integer', minimum: 1 },
              },
            },
          },
        },
      },
    },
  },
};

const validate = new Ajv2020().compile(SARIF);

test('findings of every rule are SARIF 2.1.0, each with the rule that its index names', () => {
  const findings = TRIPS.flatMap((trip) => {
    const { errors, warnings, information } = validateFiles(new Map(Object.entries(tripped(trip))));
    return [...errors, ...warnings, ...information];
  });

  const sarif = toSarif(findings, (file) => `demarcation/${file}`);

  validate(sarif);
  expect(validate.errors).toBeNull();
  expect(sarif).toMatchObject({
    runs: [{ results: findings.map(({ rule, line }) => ({ ruleId: rule, ...at(line) })) }],
  });
  const { runs } = JSON.parse(JSON.stringify(sarif));
  for (const { ruleId, ruleIndex } of runs[0].results) {
    expect(runs[0].tool.driver.rules[ruleIndex].id).toBe(ruleId);
  }
});

const at = (startLine: number) => ({
  locations: [{ physicalLocation: { region: { startLine } } }],
});

test('nothing found is a run without results', () => {
  const sarif = toSarif([], (file) => file);

  validate(sarif);
  expect(validate.errors).toBeNull();
  expect(sarif).toMatchObject({ runs: [{ results: [] }] });
});
