import path from 'node:path';

/** Where the example's versions stand, in the order in which they were made. */
export const EXAMPLE_VERSIONS = ['2026-01', '2026-07'] as const;

/** The folder of one version, for `readDemarcation`. */
export const EXAMPLE_FOLDER: Readonly<Record<(typeof EXAMPLE_VERSIONS)[number], string>> = {
  '2026-01': folderOf('2026-01'),
  '2026-07': folderOf('2026-07'),
};

function folderOf(version: string): string {
  return path.join(import.meta.dirname, '..', 'demarcation', version);
}
