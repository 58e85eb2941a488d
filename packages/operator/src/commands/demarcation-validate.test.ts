import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLE_FOLDER } from '@smc/example';
import { smc } from '../testing/smc.ts';

/** The example, with one thing in one of its files changed. */
async function folderWith(file: string, from: string, to: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'smc-validate-'));
  await cp(EXAMPLE_FOLDER['2026-01'], folder, { recursive: true });
  const text = await readFile(path.join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(path.join(folder, file), text.replace(from, to));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

test('the example may be activated', async () => {
  const { code, out } = await smc('demarcation', 'validate', EXAMPLE_FOLDER['2026-01']);

  expect(code).toBe(0);
  expect(out.trim().split('\n').at(-1)).toMatch(
    /2026-01 may be activated; it holds from 2026-01-01/,
  );
});

test('findings stand by file and line with their rule, what to do and whom they touch', async () => {
  await using folder = await folderWith('postcodes.csv', '1120-1159', '1120-1149');
  const people = path.join(folder.path, 'people.csv');
  await writeFile(people, 'pc4,inwoners_2021\n1150,1200\n1155,34\n1011,9999\n');

  const { code, out } = await smc('demarcation', 'validate', folder.path, '--population', people);

  expect(code).toBe(1);
  expect(out).toContain('postcodes.csv: 1 error\n');
  expect(out).toContain(
    'error  A02-GAP  postcodes: no office has 1150-1159 (1,234 inhabitants)\n' +
      '      Give these postcodes to an office in postcodes.csv.\n',
  );
  expect(out.trim().split('\n').at(-1)).toMatch(
    /^[0-9]+ error.*: this version may not be activated\.$/,
  );
});

test('--json and --sarif give the same findings to programs', async () => {
  await using folder = await folderWith('postcodes.csv', '1120-1159', '1120-1149');
  const file = path.join(folder.path, 'findings.sarif');

  const { code, out } = await smc(
    'demarcation',
    'validate',
    folder.path,
    '--json',
    '--sarif',
    file,
  );

  expect(code).toBe(1);
  const gap = { severity: 'error', rule: 'A02-GAP', file: 'postcodes.csv', requirement: 'A02' };
  const { mayBeActivated, findings } = JSON.parse(out);
  expect(mayBeActivated).toBe(false);
  expect(findings).toContainEqual(expect.objectContaining(gap));
  const sarif = JSON.parse(await readFile(file, 'utf8'));
  expect(sarif.version).toBe('2.1.0');
  const results = sarif.runs[0].results.map((result: { ruleId: string }) => result.ruleId);
  expect(results).toEqual(findings.map((finding: { rule: string }) => finding.rule));
});

test.each([
  ['no folder', ['nowhere'], 'There is no folder nowhere.'],
  ['no day', ['.', '--on', 'soon'], '--on takes a date such as 2026-07-01; got soon'],
  ['no people', ['.', '--population', 'nobody.csv'], 'There is no file nobody.csv.'],
])('%s is a wrong use', async (_, args, expected) => {
  const { code, err } = await smc('demarcation', 'validate', ...args);

  expect(code).toBe(2);
  expect(err).toContain(expected);
});
