import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/**
 * Dependencies point inwards: a package may use those of a lower number only. A package that is
 * not listed fails, so that a new one is given its place on purpose.
 */
const LAYER: Readonly<Record<string, number>> = {
  '@smc/domain': 0,
  '@smc/schemas': 0,
  '@smc/decision': 1,
  '@smc/runtime': 1,
  '@smc/log': 1,
  '@smc/infra': 1,
  '@smc/capacity': 1,
  '@smc/events': 2,
  '@smc/demarcation': 3,
  '@smc/example': 4,
  '@smc/router': 4,
  '@smc/intake': 4,
  '@smc/subscriber': 4,
  '@smc/projections': 5,
  '@smc/divisions': 5,
  '@smc/simulation': 5,
  '@smc/reassignment': 5,
  '@smc/operator': 6,
};

const ROOT = path.dirname(import.meta.dirname);
const inside = (parent: string) =>
  readdirSync(path.join(ROOT, parent)).map((name) => `${parent}/${name}`);
const packages = [...inside('packages'), 'infra', 'schemas'].map(read);
const services = inside('services').map(read);

function read(folder: string) {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8'));
  const own = (field: string) =>
    Object.keys(manifest[field] ?? {}).filter((name) => name.startsWith('@smc/'));
  return { folder, name: String(manifest.name), uses: own('dependencies') };
}

test.each(packages)('$name depends on inner packages only', ({ name, uses }) => {
  const layer = LAYER[name];
  expect(layer, `${name} has no layer yet`).toBeDefined();
  for (const used of uses) {
    expect(LAYER[used], `${name} uses ${used}`).toBeLessThan(Number(layer));
  }
});

test.each(services)('$name is wiring: no service uses another', ({ folder, uses }) => {
  for (const used of uses) expect(Object.keys(LAYER)).toContain(used);
  const lines = readFileSync(path.join(ROOT, folder, 'src/main.ts'), 'utf8').split('\n').length;
  expect(lines, `${folder}/src/main.ts`).toBeLessThanOrEqual(90);
});

test('every folder says in a README what lives there', () => {
  const folders = [...packages, ...services].map(({ folder }) => folder);
  const silent = [...folders, 'test'].filter((f) => !existsSync(path.join(ROOT, f, 'README.md')));
  expect(silent).toEqual([]);
});

test('the top level holds what was agreed and nothing else', () => {
  const allowed =
    /^(services|packages|schemas|infra|test|package\.json|pnpm-workspace\.yaml|tsconfig\.base\.json|README\.md|LICENSE|pnpm-lock\.yaml|vitest\.config\.ts|node_modules|\.[a-z].*)$/;
  expect(readdirSync(ROOT).filter((name) => !allowed.test(name))).toEqual([]);
});
