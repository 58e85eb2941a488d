import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isObject } from './field-rules.ts';

/** What may stand in the coded fields. Data: a new product needs a new list and no new program. */
export type CodeLists = {
  readonly laws: ReadonlySet<string>;
  readonly products: ReadonlySet<string>;
  readonly employments: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
};

/** Reads the lists that this repository brings, or others; throws what is wrong with the file. */
export async function readCodeLists(file?: string): Promise<CodeLists> {
  const path = file ?? createRequire(import.meta.url).resolve('@smc/schemas/code-lists.json');
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  const list = (name: string) => {
    const entries = isObject(content) ? content[name] : undefined;
    const isList = Array.isArray(entries) && entries.length > 0 && entries.every(isEntry);
    if (!isList) throw new Error(`${path}: ${name} must be a list of objects with a code`);
    return new Set(entries.map(({ code }) => code));
  };
  return {
    laws: list('laws'),
    products: list('products'),
    employments: list('employments'),
    groups: list('groups'),
    categories: list('categories'),
  };
}

function isEntry(entry: unknown): entry is { readonly code: string } {
  return isObject(entry) && typeof entry['code'] === 'string' && entry['code'] !== '';
}
