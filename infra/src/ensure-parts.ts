import path from 'node:path';
import { cacheFolder, type MakeOptions } from './cache-folder.ts';
import {
  ensureKafkaJars,
  ensureRegistryJars,
  registryVersionFor,
  type RegistryVersion,
} from './fetch-jars.ts';
import { findJava, findProgram, type Java } from './find-java.ts';
import { howToGet } from './how-to-get.ts';
import { ensureBootstrapCheckpoint } from './kafka-files.ts';
import type { Report } from './progress.ts';
import { StackFault } from './stack-fault.ts';

/** A part of the stack that can be asked for. */
export type StackPart = 'kafka' | 'registry' | 'redis';

/** What the parts are started from; undefined for what was not asked for. */
export type Ingredients = {
  readonly kafka:
    | { readonly java: Java; readonly jars: string; readonly checkpoint: string }
    | undefined;
  readonly registry:
    | { readonly java: Java; readonly jars: string; readonly version: RegistryVersion }
    | undefined;
  readonly redis: { readonly program: string } | undefined;
};

/** Brings everything that the parts need into the cache; quick when it is there. */
export async function ensureParts(
  parts: readonly StackPart[],
  report: Report,
): Promise<Ingredients> {
  const options: MakeOptions = { report, cache: cacheFolder };
  const wants = (part: StackPart): boolean => parts.includes(part);
  const redis = wants('redis') ? { program: program('redis-server') } : undefined;
  if (!wants('kafka') && !wants('registry'))
    return { kafka: undefined, registry: undefined, redis };
  const java = someJava();
  // One after the other: Maven is not made for two writers of one local repository.
  const kafka = wants('kafka') ? await kafkaIngredients(java, options) : undefined;
  const registry = wants('registry')
    ? { java, jars: await ensureRegistryJars(java, options), version: registryVersionFor(java) }
    : undefined;
  return { kafka, registry, redis };
}

async function kafkaIngredients(java: Java, options: MakeOptions) {
  const jars = await ensureKafkaJars(java, options);
  return { java, jars, checkpoint: await ensureBootstrapCheckpoint(java, jars, options) };
}

function someJava(): Java {
  const java = findJava();
  if (java === undefined || java.major < 17) throw new StackFault('PART_MISSING', howToGet('java'));
  return java;
}

function program(name: 'redis-server'): string {
  const found = findProgram(name);
  if (found === undefined) throw new StackFault('PART_MISSING', howToGet(name));
  return path.resolve(found);
}
