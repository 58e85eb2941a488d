import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCodeLists } from './code-lists.ts';

test('the lists that come along name the laws and the special groups', async () => {
  const lists = await readCodeLists();

  expect([...lists.laws]).toEqual(['ZW', 'WIA', 'PW']);
  expect([...lists.groups]).toEqual(['military', 'klm', 'police', 'statushouder', 'banenafspraak']);
  expect(lists.products.size).toBeGreaterThan(0);
  expect(lists.employments.size).toBeGreaterThan(0);
});

test('a file that lacks a list is refused by the name of the list', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'smc lists ')), 'lists.json');
  await writeFile(file, JSON.stringify({ laws: [{ code: 'ZW' }], products: ['x'] }));

  await expect(readCodeLists(file)).rejects.toThrow('products must be a list');
});
