import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { accept, refuse, type Result } from '@smc/domain';
import { OFFICES_MAX, type DemarcationDocument } from './document.ts';
import { CSV_BYTES_MAX, POSTCODE_FILE } from './postcode-csv.ts';
import type { Problem } from './problem.ts';
import {
  OFFICES_FOLDER,
  ORGANISATION_FILE,
  validateFiles,
  type DemarcationFiles,
  type Unreadable,
  type ValidateOptions,
  type Validation,
} from './validate-files.ts';
import { YAML_BYTES_MAX } from './yaml-cursor.ts';

/**
 * Reads a demarcation folder (`demarcation.yaml`, `offices/*.yaml` and `postcodes.csv`) and proves
 * it. Throws when the disk fails.
 */
export async function validateDemarcation(
  folder: string,
  options: ValidateOptions = {},
): Promise<Validation> {
  return validateFiles(await readFiles(folder), options);
}

/**
 * The document of a folder, when its proof found no error; otherwise every error at once. Warnings
 * come with either. Throws when the disk fails.
 */
export async function readDemarcation(
  folder: string,
): Promise<
  Result<DemarcationDocument, readonly Problem[]> & { readonly warnings: readonly Problem[] }
> {
  const { document, errors, warnings } = await validateDemarcation(folder);
  return document === undefined
    ? { ...refuse(errors), warnings }
    : { ...accept(document), warnings };
}

/** The texts of a folder, for what reads on past errors. Throws when the disk fails. */
export async function readFiles(folder: string): Promise<DemarcationFiles> {
  const files = new Map<string, string | Unreadable>();
  const read = async (file: string, bytesMax: number) => {
    const text = await readText(path.join(folder, file), bytesMax);
    if (text !== undefined) files.set(file, text);
  };
  await read(ORGANISATION_FILE, YAML_BYTES_MAX);
  const names = (await readdir(path.join(folder, OFFICES_FOLDER)).catch(absent)) ?? [];
  const yaml = names.filter((name) => name.endsWith('.yaml')).sort();
  // One more than there may be is enough to see that there are too many.
  for (const name of yaml.slice(0, OFFICES_MAX + 1)) {
    await read(`${OFFICES_FOLDER}/${name}`, YAML_BYTES_MAX);
  }
  await read(POSTCODE_FILE, CSV_BYTES_MAX);
  return files;
}

/** Undefined when there is no such file. A byte order mark is no part of the text. */
async function readText(
  target: string,
  bytesMax: number,
): Promise<string | Unreadable | undefined> {
  const facts = await stat(target).catch(absent);
  if (facts === undefined) return undefined;
  if (facts.size > bytesMax) return { expected: `at most ${bytesMax} bytes` };
  const bytes = await readFile(target);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { expected: 'text in UTF-8' };
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
