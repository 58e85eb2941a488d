import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 2;
const PATIENCE_MS = 20_000;

/** Waits for a fact: resolves once `holds` does, rejects after twenty seconds naming the fact. */
export async function until(fact: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${fact}`);
    await delay(LOOK_MS);
  }
}
