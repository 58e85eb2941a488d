import { accept, must, refuse, type Result } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import {
  assembleDemarcation,
  readDemarcation,
  sliceDemarcation,
  type Organisation,
  type Problem,
} from '@smc/demarcation';

/** A version from a folder, as it would come out of the log. */
export type LoadedDemarcation = {
  readonly folder: string;
  readonly demarcation: Demarcation;
  readonly organisation: Organisation;
};

/** Reads a demarcation folder, or gives everything that is wrong with it. */
export async function loadDemarcation(
  folder: string,
): Promise<Result<LoadedDemarcation, readonly Problem[]>> {
  const read = await readDemarcation(folder);
  if (!read.ok) return refuse(read.refusal);
  const { manifest, parts } = sliceDemarcation(read.value);
  const assembled = assembleDemarcation(manifest, parts);
  const version = must(assembled.ok ? assembled.value : undefined, 'what was sliced is whole');
  return accept({ folder, ...version });
}
