import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { must, TOPICS } from '@smc/domain';

export type SecondReading = { readonly records: number; readonly distinctIds: number };

/**
 * Reads the committed assignments with kcat, a client that shares no code with ours and checks
 * every checksum. An event's id is made of its source's partition and offset and its number there,
 * so distinct ids mean one record per answer. Undefined where kcat is not installed.
 */
export async function readWithKcat(bootstrapServers: string): Promise<SecondReading | undefined> {
  const settings = ['isolation.level=read_committed', 'check.crcs=true'];
  const from = `-C -q -e -o beginning -t ${TOPICS.assignments} -b ${bootstrapServers}`.split(' ');
  const args = [...from, ...settings.flatMap((setting) => ['-X', setting]), '-f', '%h\\n'];
  const child = spawn('kcat', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close').then(
    ([code]) => Number(code),
    () => undefined,
  );
  const ids = new Set<string>();
  let records = 0;
  for await (const line of createInterface({ input: must(child.stdout, 'stdout is piped') })) {
    records++;
    ids.add(/(?:^|,)ce_id=([^,]+)/.exec(line)?.[1] ?? '');
  }
  const code = await ended;
  if (code === undefined) return undefined;
  if (code !== 0) throw new Error(`kcat ended with ${code}`);
  return { records, distinctIds: ids.size };
}
