import type { Command } from 'commander';
import { openCodec } from '@smc/events';
import { buildViews, connectRedisStore, PROJECTED_TYPES } from '@smc/projections';
import { systemClock } from '@smc/runtime';
import { command, connected, group, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { createProgress } from '../progress.ts';

/** The read models in Redis. */
export function viewsCommand(): Command {
  const rebuild = command(
    'rebuild',
    'builds the read models anew from the log, then switches to them',
    'views rebuild',
  ).action(async (options: { json?: boolean }) => {
    const output = outputOf(options);
    const namespace = await connected(async (it) => {
      const log = await it.log();
      const codec = await openCodec({ registry: it.registry(), types: PROJECTED_TYPES });
      const store = connectRedisStore(it.addresses.redis);
      const progress = createProgress(output, 'building', 0);
      try {
        const reports = { away: () => {}, back: () => {}, lost: () => {} };
        const source = { log, codec, store, reports, clock: systemClock, random: Math.random };
        return await buildViews(source, new AbortController().signal, (done, total) =>
          progress.set(done, total),
        );
      } finally {
        progress.done();
        await store.close();
      }
    });
    if (namespace === undefined) throw new CommandEnd(EXIT.no, 'Another build was faster.');
    output.data({ namespace }, () => [`The read models were built anew: ${namespace}`]);
  });
  return group('views', 'the read models in Redis', [rebuild]);
}
