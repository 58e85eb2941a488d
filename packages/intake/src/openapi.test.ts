import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { isObject } from './field-rules.ts';
import type { IntakeKind } from './intake-parser.ts';
import { openApiDocument } from './openapi.ts';
import { BSN, CASE, CLOSURE, MOVE, NOW_MS, PARSER, STATUS } from './testing/fixtures.ts';

const DOCUMENT: unknown = JSON.parse(
  JSON.stringify(
    openApiDocument(PARSER.shapes, {
      serverUrl: 'https://intake.example.org',
      contact: { name: 'n', email: 'e@example.org', url: 'https://example.org' },
    }),
  ),
);

function at(...path: readonly string[]): unknown {
  return path.reduce((part, name) => (isObject(part) ? part[name] : undefined), DOCUMENT);
}

function entries(of: unknown): readonly [string, unknown][] {
  return isObject(of) ? Object.entries(of) : [];
}

test('the document keeps the API design rules: contact, version, server, paths, problems', () => {
  expect(at('openapi')).toBe('3.1.0');
  expect(at('info', 'version')).toMatch(/^\d+\.\d+\.\d+$/);
  expect(Object.keys(Object(at('info', 'contact')))).toEqual(['name', 'email', 'url']);
  expect(at('servers', '0', 'url') ?? JSON.stringify(at('servers'))).toContain('/v1');
  expect(Object.keys(Object(at('paths')))).toEqual([
    '/cases',
    '/cases/{caseId}/closure',
    '/cases/{caseId}/classification',
    '/clients/moves',
    '/clients/status',
  ]);
  for (const [path] of entries(at('paths'))) {
    expect(path).toMatch(/^(\/([a-z][a-z-]*|\{[a-z][A-Za-z]*\}))+$/);
    for (const status of ['202', '400', '404', '405', '413', '415', '500', '503']) {
      const response = ['paths', path, 'post', 'responses', status];
      expect(at(...response, 'description'), `${path} ${status}`).toBeTypeOf('string');
      expect(at(...response, 'headers', 'API-Version'), `${path} ${status}`).toBeDefined();
      const type = status === '202' ? 'application/json' : 'application/problem+json';
      expect(at(...response, 'content', type), `${path} ${status}`).toBeDefined();
    }
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = JSON.stringify(at('paths', path, 'post', 'parameters'));
    for (const name of names) expect(declared).toContain(`"name":"${name}","in":"path"`);
  }
});

test('every reference in the document leads somewhere', () => {
  const references = [...JSON.stringify(DOCUMENT).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(4);
  for (const [, path] of references) {
    expect(at(...String(path).split('/')), path).toBeDefined();
  }
});

const bodies: readonly [IntakeKind, object][] = [
  ['CaseRegistered', CASE],
  ['CaseClosed', { ...CLOSURE, caseId: 'c-1' }],
  ['ClientMoved', MOVE],
  ['ClientStatusChanged', STATUS],
];

const changes: readonly object[] = [
  {},
  { bsn: 999990342 },
  { bsn: '12345' },
  { eventId: 'with space' },
  { unknown: 1 },
  { addressKind: 'boat' },
  { law: 'WW' },
  { groups: ['klm', 'klm'] },
  { groups: ['navy'] },
  { participatiewet: 'yes' },
  { postcode: '12' },
  { bsn: undefined },
];

test('the schemas of the document accept what the door accepts and refuse what it refuses', () => {
  const ajv = new Ajv2020({ strict: false, formats: { date: true, 'date-time': true } });
  let refused = 0;
  for (const [kind, valid] of bodies) {
    const schema = at('components', 'schemas', kind);
    const accepts = ajv.compile(isObject(schema) ? schema : false);
    for (const change of changes) {
      const body: unknown = JSON.parse(JSON.stringify({ ...valid, ...change }));
      const context = { nowMs: NOW_MS, withoutId: 'by-content' } as const;
      const { ok } = PARSER.parse(kind, body, context);
      expect(accepts(body), `${kind} ${JSON.stringify(change)}`).toBe(ok);
      if (!ok) refused++;
    }
  }
  expect(refused).toBeGreaterThan(20);
});

test('the document shows no BSN as an example', () => {
  expect(JSON.stringify(DOCUMENT)).not.toContain(BSN);
});
