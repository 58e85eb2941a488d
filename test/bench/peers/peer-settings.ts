import { kafkaSetting, redisSetting, registrySetting, textSetting } from '@smc/runtime';

export const peerSettings = {
  kafka: kafkaSetting,
  registry: registrySetting,
  redis: redisSetting,
  groupId: textSetting('BENCH_GROUP', { help: 'the consumer group of this run' }),
};

/** Where the benchmark puts what the plain worker looks up for each case. */
export const areaKey = (postcode: string): string => `bench:v1:postcode:${postcode}`;
