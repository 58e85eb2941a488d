import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { kafkaCacheName, registryCacheName, registryVersionFor } from './fetch-jars.ts';
import { findJava, findProgram, type Java } from './find-java.ts';
import { howToGet, type MachinePart } from './how-to-get.ts';

export type MissingPart = { readonly part: MachinePart; readonly howToGet: string };

/** What a machine has; the default asks this one. */
export type Machine = {
  readonly java: Java | undefined;
  readonly has: (program: string) => boolean;
  readonly isCached: (name: string) => boolean;
};

/** Kafka 4 needs it. */
export const JAVA_MAJOR_MIN = 17;

export const thisMachine = (): Machine => ({
  java: findJava(),
  has: (program) => findProgram(program) !== undefined,
  isCached: (name) => existsSync(path.join(cacheFolder, name)),
});

/**
 * What the machine lacks for the whole stack, each with how to get it; empty when it can start.
 * Maven is only needed until the jars are in the cache.
 */
export function findMissingParts(machine: Machine = thisMachine()): readonly MissingPart[] {
  const { java, has, isCached } = machine;
  const javaSuffices = java !== undefined && java.major >= JAVA_MAJOR_MIN;
  const jarsAreCached =
    javaSuffices &&
    isCached(kafkaCacheName) &&
    isCached(registryCacheName(registryVersionFor(java)));
  const missing: MachinePart[] = [];
  if (!javaSuffices) missing.push('java');
  if (!has('mvn') && !jarsAreCached) missing.push('maven');
  if (!has('redis-server')) missing.push('redis-server');
  return missing.map((part) => ({ part, howToGet: howToGet(part) }));
}
