import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.dirname(import.meta.dirname);
const SHOWN = '{packages,services}/*/{src,examples,demarcation}/**/*.{ts,yaml,json,csv}';

/**
 * Between the size of a caseload and the pressure that people feel no direct relation was found
 * (E37): what is counted is load, werklast, whatever the sources call the basis of an office.
 */
test('nothing that is shown calls load a felt pressure', () => {
  const files = globSync(SHOWN, { cwd: ROOT });
  const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

  expect(files).toContain('packages/decision/src/explain.ts');
  expect(textOf('packages/decision/src/explain.ts')).toContain('werklast');
  const wrong = files.filter((file) => /werkdruk|work pressure|felt pressure/i.test(textOf(file)));
  expect(wrong).toEqual([]);
});
