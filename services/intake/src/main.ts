/** Central intake as a process: `node services/intake/src/main.ts --help` lists its settings. */
import { connectRegistry } from '@smc/events';
import { intakeSettings, startIntake } from '@smc/intake';
import { connectKafkaLog } from '@smc/log';
import { eventLogger, kafkaSetting, registrySetting, runService } from '@smc/runtime';

await runService({
  name: 'intake',
  settings: { ...intakeSettings, kafka: kafkaSetting, registry: registrySetting },
  start(context) {
    const { kafka, registry } = context.config;
    const logger = eventLogger(context.logger, 'log.driver');
    const connectLog = () => connectKafkaLog({ ...kafka, clientId: 'intake', logger });
    return startIntake({ ...context, connectLog, registry: connectRegistry({ url: registry }) });
  },
});
