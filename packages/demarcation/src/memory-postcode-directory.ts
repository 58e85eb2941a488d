import { tableHashOfTable } from './slice-demarcation.ts';
import { readFields, readOne, writeFields, AREAS_FIELD } from './directory-form.ts';
import type { PostcodeDirectory } from './postcode-directory.ts';

/** The directory of a process that runs without Redis: the same form, in memory. */
export function createMemoryPostcodeDirectory(): PostcodeDirectory {
  const tables = new Map<string, ReadonlyMap<string, string>>();
  return {
    async load({ contentHash }, table) {
      tables.set(contentHash, writeFields(table));
    },
    async read({ contentHash, tableHash }) {
      const fields = tables.get(contentHash);
      if (fields === undefined) return 'absent';
      const table = readFields(fields);
      return table !== undefined && tableHashOfTable(table) === tableHash ? table : 'damaged';
    },
    async lookUp(contentHash, postcode) {
      const fields = tables.get(contentHash);
      return readOne(postcode, fields?.get(postcode.slice(0, 4)), fields?.get(AREAS_FIELD));
    },
    async close() {},
  };
}
