/** The projector as a process: `node services/projector/src/main.ts --help` lists its settings. */
import { connectRegistry } from '@smc/events';
import { connectKafkaLog } from '@smc/log';
import { connectRedisStore, projectorSettings, startProjector } from '@smc/projections';
import { eventLogger, kafkaSetting, redisSetting, registrySetting, runService } from '@smc/runtime';

await runService({
  name: 'projector',
  settings: {
    ...projectorSettings,
    kafka: kafkaSetting,
    registry: registrySetting,
    redis: redisSetting,
  },
  async start(context) {
    const { kafka, registry, redis } = context.config;
    const logger = eventLogger(context.logger, 'log.driver');
    const store = connectRedisStore(redis);
    const projector = startProjector({
      ...context,
      connectLog: () => connectKafkaLog({ ...kafka, clientId: 'projector', logger }),
      registry: connectRegistry({ url: registry }),
      store,
    });
    return {
      async stop() {
        await projector.stop();
        await store.close();
      },
    };
  },
});
