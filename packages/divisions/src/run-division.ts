import type { Division } from '@smc/domain';
import { connectRegistry } from '@smc/events';
import { connectKafkaLog } from '@smc/log';
import { eventLogger, kafkaSetting, registrySetting, runService } from '@smc/runtime';
import { divisionSettings, startDivision } from './start-division.ts';

/** A division as a process, on Kafka and the schema registry: the whole of its main.ts. */
export function runDivision(division: Division): Promise<void> {
  return runService({
    name: division,
    settings: { ...divisionSettings, kafka: kafkaSetting, registry: registrySetting },
    start(context) {
      const { kafka, registry } = context.config;
      const logger = eventLogger(context.logger, 'log.driver');
      const connectLog = () => connectKafkaLog({ ...kafka, clientId: division, logger });
      return startDivision({
        ...context,
        division,
        connectLog,
        registry: connectRegistry({ url: registry }),
      });
    },
  });
}
