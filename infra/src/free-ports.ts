import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { StackFault } from './stack-fault.ts';

/**
 * Ports are taken from below the range that the kernel hands out to outgoing connections (32768
 * on Linux, 49152 elsewhere): a part that is restarted finds its port free again.
 */
const PORT_MIN = 20_000;
const PORT_MAX = 32_000;
/** Half of the range would have to be in use before so many tries fail. */
const TRIES_MAX = 200;

/** Different ports of 127.0.0.1 that nobody listens on; those in `wanted` where they are free. */
export async function freePorts(
  count: number,
  wanted: readonly number[] = [],
): Promise<readonly number[]> {
  const found = new Set<number>();
  for (const port of wanted.slice(0, count)) if (await isFree(port)) found.add(port);
  for (let tries = 0; found.size < count; tries += 1) {
    if (tries > TRIES_MAX) throw new StackFault('PORT_TAKEN', 'no free ports on 127.0.0.1');
    const port = randomInt(PORT_MIN, PORT_MAX);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
