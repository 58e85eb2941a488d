/** What every postcode directory does, whatever it is made of. */
import { expect, test } from 'vitest';
import type { ContentHash, Postcode } from '@smc/domain';
import type { PostcodeDirectory } from './postcode-directory.ts';
import type { PostcodeTable } from './postcode-table.ts';
import { tableHashOfTable } from './slice-demarcation.ts';
import { exampleTable } from './testing/tables.ts';

export function testPostcodeDirectory(open: () => Promise<PostcodeDirectory>): void {
  const withDirectory = async (work: (directory: PostcodeDirectory) => Promise<void>) => {
    const directory = await open();
    try {
      await work(directory);
    } finally {
      await directory.close();
    }
  };
  const keyOf = (name: string, table: PostcodeTable) => ({
    contentHash: name.repeat(64).slice(0, 64) as ContentHash,
    tableHash: tableHashOfTable(table),
  });
  const table = exampleTable({ exceptions: 1_500 });

  test('a table that was loaded is read back, entry by entry', () =>
    withDirectory(async (directory) => {
      const key = keyOf('a', table);
      await directory.load(key, table);
      expect(await directory.read(key)).toEqual(table);
    }));

  test('a table that was never loaded is absent', () =>
    withDirectory(async (directory) => {
      expect(await directory.read(keyOf('b', table))).toBe('absent');
    }));

  test('a table other than the manifest says is damaged', () =>
    withDirectory(async (directory) => {
      const key = keyOf('c', table);
      await directory.load(key, exampleTable({ exceptions: 1_499 }));
      expect(await directory.read(key)).toBe('damaged');
    }));

  test('a second load takes the place of the first', () =>
    withDirectory(async (directory) => {
      const key = keyOf('d', table);
      await directory.load(key, exampleTable({ exceptions: 3 }));
      await directory.load(key, table);
      expect(await directory.read(key)).toEqual(table);
    }));

  test('one postcode is answered by its exception, else by its four digits', () =>
    withDirectory(async (directory) => {
      const key = keyOf('e', table);
      await directory.load(key, table);
      const exception = table.find((entry) => entry.postcode.length === 6);
      if (exception === undefined) throw new TypeError('the table has exceptions');
      const { contentHash } = key;
      const other = `${exception.postcode.slice(0, 4)}ZZ` as Postcode;
      const own = table.find((entry) => entry.postcode === other.slice(0, 4));
      expect(await directory.lookUp(contentHash, exception.postcode as Postcode)).toEqual(
        exception.area,
      );
      expect(await directory.lookUp(contentHash, other)).toEqual(own?.area);
      expect(await directory.lookUp(keyOf('f', table).contentHash, other)).toBeUndefined();
    }));
}
