/** The router as a process: `node services/router/src/main.ts --help` lists its settings. */
import {
  CATALOGUE_TYPES,
  connectRedisPostcodeDirectory,
  DemarcationCatalogue,
} from '@smc/demarcation';
import { connectRegistry, openCodec } from '@smc/events';
import { connectKafkaLog } from '@smc/log';
import { routerSettings, startRouter } from '@smc/router';
import {
  eventLogger,
  kafkaSetting,
  redisSetting,
  registrySetting,
  runService,
  untilReachable,
} from '@smc/runtime';

await runService({
  name: 'router',
  settings: {
    ...routerSettings,
    kafka: kafkaSetting,
    registry: registrySetting,
    redis: redisSetting,
  },
  async start(context) {
    const { config, logger, random } = context;
    const registry = connectRegistry({ url: config.registry });
    const driver = { clientId: 'router', logger: eventLogger(logger, 'log.driver') };
    const log = await untilReachable(() => connectKafkaLog({ ...config.kafka, ...driver }), {
      ...context,
      name: 'kafka',
    });
    const codec = await untilReachable(() => openCodec({ registry, types: CATALOGUE_TYPES }), {
      ...context,
      name: 'registry',
    });
    const directory = connectRedisPostcodeDirectory(config.redis);
    const openReader = () => log.openReader();
    const { fail } = context;
    const demarcations = new DemarcationCatalogue({
      openReader,
      codec,
      directory,
      logger,
      random,
      fail,
    });
    const router = await startRouter({ ...context, ...config, log, registry, demarcations });
    return {
      async stop() {
        await router.stop();
        await Promise.all([demarcations.close(), directory.close()]);
        await log.close();
      },
    };
  },
});
