import type { Command } from 'commander';
import { connectRegistry, registerSchemas } from '@smc/events';
import {
  createTopics,
  loadTopics,
  stackDown,
  stackReset,
  stackStatus,
  stackUp,
  type StackAddresses,
  type StackStatus,
} from '@smc/infra';
import { environmentOf } from '../addresses.ts';
import { command, group, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { table, type Output } from '../output.ts';

/** The local stack: Kafka, registry and Redis of this checkout, on free ports. */
export function stackCommand(): Command {
  const up = command(
    'up',
    'starts Kafka, registry and Redis and deploys topics and schemas',
    'stack up',
  ).action(async (options: { json?: boolean }) => {
    const output = outputOf(options);
    const status = await stackUp({ onProgress: output.talk });
    if (status.addresses !== undefined) await deploy(status.addresses, output);
    print(output, status);
  });
  const down = command('down', 'stops the stack and keeps its data', 'stack down').action(
    async (options: { json?: boolean }) => {
      const output = outputOf(options);
      print(output, await stackDown({ onProgress: output.talk }));
    },
  );
  const status = command(
    'status',
    'what runs, where, since when; 1 when not all of it runs',
    'stack status',
  ).action((options: { json?: boolean }) => {
    const found = stackStatus();
    print(outputOf(options), found);
    if (!found.running) throw new CommandEnd(EXIT.no, 'The stack does not run. Start it: stack up');
  });
  const reset = command('reset', 'stops the stack and deletes its data', 'stack reset').action(
    async (options: { json?: boolean }) => {
      const output = outputOf(options);
      print(output, await stackReset({ onProgress: output.talk }));
    },
  );
  return group('stack', 'the local stack', [up, down, status, reset]);
}

/** What a deployment does before any service starts: topics and schemas. Repeating it is harmless. */
export async function deploy(
  { bootstrapServers, registryUrl }: StackAddresses,
  output: Pick<Output, 'talk'>,
): Promise<void> {
  const { created } = await createTopics(bootstrapServers.split(','), loadTopics());
  const schemas = await registerSchemas(connectRegistry({ url: registryUrl }));
  const added = schemas.filter((schema) => schema.added).length;
  output.talk(
    `topics: ${created.length} created; schemas: ${added} registered, ${schemas.length - added} there already`,
  );
}

function print(output: Output, status: StackStatus): void {
  output.data(status, () => {
    if (status.parts.length === 0) return ['No stack has been started from this checkout.'];
    const rows = status.parts.map(({ name, running, address, pid, since }) => [
      name,
      running ? 'runs' : 'does not run',
      address,
      pid === undefined ? '' : String(pid),
      since ?? '',
    ]);
    const variables = status.addresses === undefined ? {} : environmentOf(status.addresses);
    return [
      ...table(['part', 'state', 'address', 'pid', 'since'], rows),
      ...(status.running ? ['', 'For services started by hand:'] : []),
      ...(status.running ? Object.entries(variables).map(([k, v]) => `  export ${k}=${v}`) : []),
    ];
  });
}
