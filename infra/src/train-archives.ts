import { existsSync, writeFileSync } from 'node:fs';
import { cacheFolder, makeOnce } from './cache-folder.ts';
import { archiveName, useArchive, writeArchive } from './class-archive.ts';
import type { Ingredients, JvmIngredients } from './ensure-parts.ts';
import { prepareStack } from './prepare-stack.ts';
import { withProgress, type Report } from './progress.ts';

/** Writing an archive takes a JVM ten seconds of its stop, and more on a busy machine. */
const DUMP_MS = 90_000;

/**
 * Gives each JVM an archive of its loaded classes, which takes two thirds off the start of Kafka
 * and half off that of the registry. Made once per version, by a first run that does what a later
 * one will do. A machine where that fails starts without.
 */
export async function withArchives(ingredients: Ingredients, report: Report): Promise<Ingredients> {
  const { kafka, registry } = ingredients;
  const alone = { kafka: undefined, registry: undefined, redis: undefined };
  const [kafkaArchive, registryArchive] = await Promise.all([
    kafka && archiveOf(kafka, (archive) => ({ ...alone, kafka: { ...kafka, archive } }), report),
    registry &&
      archiveOf(registry, (archive) => ({ ...alone, registry: { ...registry, archive } }), report),
  ]);
  return {
    ...ingredients,
    kafka: kafka && { ...kafka, archive: kafkaArchive ?? [] },
    registry: registry && { ...registry, archive: registryArchive ?? [] },
  };
}

async function archiveOf(
  { java, jarsName }: JvmIngredients,
  alone: (archive: readonly string[]) => Ingredients,
  report: Report,
): Promise<readonly string[]> {
  const train = async (file: string): Promise<void> => {
    const stack = await prepareStack(alone(writeArchive(file, java)), {});
    try {
      await stack.start();
    } finally {
      await stack.stop({ withinMs: DUMP_MS });
    }
    if (!existsSync(file)) throw new Error('the JVM wrote no archive');
  };
  const made = await makeOnce(
    archiveName(jarsName, java),
    async (file) => {
      const what = `preparing a quicker start of ${jarsName} (once)`;
      try {
        await withProgress(what, report, () => train(file));
      } catch (error) {
        report(`${jarsName} will start more slowly: ${String(error)}`);
        // An empty archive stands for none, so that not every start tries again.
        writeFileSync(file, '');
      }
    },
    { report, cache: cacheFolder },
  );
  return useArchive(made, java);
}
