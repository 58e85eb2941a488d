import { ensureParts, type StackPart } from './ensure-parts.ts';
import { prepareStack, type StackOptions } from './prepare-stack.ts';
import { reportOnStderr, withProgress } from './progress.ts';
import { StackFault } from './stack-fault.ts';
import type { Stack } from './stack.ts';
import { withArchives } from './train-archives.ts';

const ALL_PARTS: readonly StackPart[] = ['kafka', 'registry', 'redis'];
/** Another program took one of our ports in the half second before we opened it: choose again. */
const PORT_TRIES_MAX = 3;

/**
 * Starts a real Kafka, schema registry and Redis on free ports of 127.0.0.1 and resolves when all
 * of them serve. Fetches what is missing first. Nothing of it outlives this program, however that
 * ends, unless it calls `detach`. Faults with the end of the log of the part that failed.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { parts = ALL_PARTS, report = reportOnStderr } = options;
  const ingredients = await withArchives(await ensureParts(parts, report), report);
  for (let tries = 1; ; tries += 1) {
    const stack = await prepareStack(ingredients, options);
    try {
      await withProgress(`starting ${parts.join(', ')}`, report, () => stack.start());
      return stack;
    } catch (error) {
      await stack.stop({ fast: true });
      const portTaken = error instanceof StackFault && error.code === 'PORT_TAKEN';
      if (!portTaken || tries === PORT_TRIES_MAX) throw error;
    }
  }
}
