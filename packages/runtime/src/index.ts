export {
  configHelp,
  describeProblems,
  group,
  mapSetting,
  optional,
  readConfig,
  variable,
  type ConfigOf,
  type ConfigProblem,
  type Environment,
  type Setting,
  type Spec,
} from './config.ts';
export {
  choiceSetting,
  doorSetting,
  flagSetting,
  integerSetting,
  kafkaSetting,
  listSetting,
  redisSetting,
  registrySetting,
  textSetting,
  urlSetting,
  type Door,
  type KafkaConnection,
} from './settings.ts';
export {
  createLogger,
  eventLogger,
  silentLogger,
  type LogFields,
  type Logger,
  type LogLevel,
} from './logger.ts';
export { maskBsns } from './mask-bsn.ts';
export { createMetrics, SECONDS_BUCKETS, type Metrics, type MetricSpec } from './metrics.ts';
export { addressUrl, startHealthServer, type HealthServer } from './health-server.ts';
export { createReadiness, type Readiness } from './readiness.ts';
export {
  createBackoff,
  DEPENDENCY_BACKOFF,
  isRetriable,
  untilReachable,
  type Backoff,
} from './retry.ts';
export {
  runService,
  type RunningService,
  type ServiceContext,
  type ServiceSpec,
} from './run-service.ts';
export type { ServiceHost } from './process-host.ts';
export { delay, endsWithin, systemClock, type Clock, type Random } from './time.ts';
