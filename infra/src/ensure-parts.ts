import path from 'node:path';
import { cacheFolder, type MakeOptions } from './cache-folder.ts';
import {
  ensureKafkaJars,
  ensureRegistryJars,
  kafkaCacheName,
  registryCacheName,
  registryVersionFor,
  type RegistryVersion,
} from './fetch-jars.ts';
import { findJava, findProgram, type Java } from './find-java.ts';
import { howToGet } from './how-to-get.ts';
import { JAVA_MAJOR_MIN } from './missing-parts.ts';
import { ensureBootstrapCheckpoint } from './kafka-files.ts';
import type { Report } from './progress.ts';
import { StackFault } from './stack-fault.ts';

/** A part of the stack that can be asked for. */
export type StackPart = 'kafka' | 'registry' | 'redis';

/** What a part that runs in a JVM is started from. */
export type JvmIngredients = {
  readonly java: Java;
  /** The folder of the jars, and its name in the cache. */
  readonly jars: string;
  readonly jarsName: string;
  /** The JVM's flags about its class archive. */
  readonly archive: readonly string[];
};
export type KafkaIngredients = JvmIngredients & { readonly checkpoint: string };
export type RegistryIngredients = JvmIngredients & { readonly version: RegistryVersion };

/** What the parts are started from; undefined for what was not asked for. */
export type Ingredients = {
  readonly kafka: KafkaIngredients | undefined;
  readonly registry: RegistryIngredients | undefined;
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
  const registry = wants('registry') ? await registryIngredients(java, options) : undefined;
  return { kafka, registry, redis };
}

async function kafkaIngredients(java: Java, options: MakeOptions): Promise<KafkaIngredients> {
  const jars = await ensureKafkaJars(java, options);
  const checkpoint = await ensureBootstrapCheckpoint(java, jars, options);
  return { java, jars, jarsName: kafkaCacheName, archive: [], checkpoint };
}

async function registryIngredients(java: Java, options: MakeOptions): Promise<RegistryIngredients> {
  const version = registryVersionFor(java);
  const jars = await ensureRegistryJars(java, options);
  return { java, jars, jarsName: registryCacheName(version), archive: [], version };
}

function someJava(): Java {
  const java = findJava();
  if (java === undefined || java.major < JAVA_MAJOR_MIN)
    throw new StackFault('PART_MISSING', howToGet('java'));
  return java;
}

function program(name: 'redis-server'): string {
  const found = findProgram(name);
  if (found === undefined) throw new StackFault('PART_MISSING', howToGet(name));
  return path.resolve(found);
}
