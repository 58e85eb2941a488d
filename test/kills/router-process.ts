/**
 * A router with a deliberate mistake, as a process: the product's router on the product's driver,
 * with the mistake put between the two. A slow fence (a coordinator that takes its time) widens
 * the moment in which a mistake shows; a router without one does not mind it.
 */
import { CATALOGUE_TYPES, DemarcationCatalogue } from '@smc/demarcation';
import { connectRegistry, openCodec } from '@smc/events';
import { connectKafkaLog, type TxnLog } from '@smc/log';
import { routerSettings, startRouter } from '@smc/router';
import {
  choiceSetting,
  delay,
  integerSetting,
  kafkaSetting,
  registrySetting,
  runService,
} from '@smc/runtime';
import { MISTAKES, withMistake } from '../broken-drivers.ts';

await runService({
  name: 'router',
  settings: {
    ...routerSettings,
    kafka: kafkaSetting,
    registry: registrySetting,
    mistake: choiceSetting('SMC_TEST_MISTAKE', {
      help: 'what this router does wrong',
      choices: ['none', ...MISTAKES] as const,
    }),
    fenceMs: integerSetting('SMC_TEST_FENCE_MS', {
      help: 'how long a task waits before it fences the earlier owner',
      min: 0,
      max: 60_000,
    }),
  },
  async start(context) {
    const { config, logger, random, fail } = context;
    const registry = connectRegistry({ url: config.registry });
    const log = await connectKafkaLog({ ...config.kafka, clientId: 'router' });
    const codec = await openCodec({ registry, types: CATALOGUE_TYPES });
    const openReader = () => log.openReader();
    const demarcations = new DemarcationCatalogue({ openReader, codec, logger, random, fail });
    const { mistake } = config;
    const slow = withSlowFence(log, config.fenceMs);
    const broken = mistake === 'none' ? slow : withMistake(slow, mistake);
    const router = await startRouter({
      ...context,
      ...config,
      log: broken,
      registry,
      demarcations,
    });
    return {
      async stop() {
        await router.stop();
        await demarcations.close();
        await log.close();
      },
    };
  },
});

function withSlowFence(log: TxnLog, ms: number): TxnLog {
  return new Proxy(log, {
    get(target, name) {
      if (name === 'openTask') {
        const openTask: TxnLog['openTask'] = async (taskId, options) => {
          await delay(ms);
          return target.openTask(taskId, options);
        };
        return openTask;
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
