/** The kinds of variables that services have, and the settings that they share. */
import { accept, refuse, type Result } from '@smc/domain';
import {
  group,
  mapSetting,
  optional,
  variable,
  type ConfigOf,
  type ConfigProblem,
  type Setting,
} from './config.ts';
import { LOG_LEVELS } from './logger.ts';

type Options = { readonly help: string; readonly fallback?: string };

export function textSetting(name: string, options: Options): Setting<string> {
  return variable(name, { expects: 'a text', ...options, parse: (text) => text });
}

export function integerSetting(
  name: string,
  options: Options & { readonly min: number; readonly max: number },
): Setting<number> {
  const { min, max, ...rest } = options;
  return variable(name, {
    ...rest,
    expects: `a whole number from ${min} to ${max}`,
    parse(text) {
      const value = /^-?[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
  });
}

export function choiceSetting<T extends string>(
  name: string,
  options: Options & { readonly choices: readonly T[] },
): Setting<T> {
  const { choices, ...rest } = options;
  return variable(name, {
    ...rest,
    expects: `one of ${choices.join(', ')}`,
    parse: (text) => choices.find((choice) => choice === text),
  });
}

export function flagSetting(name: string, options: Options): Setting<boolean> {
  const choices = ['true', 'false'] as const;
  return mapSetting(choiceSetting(name, { ...options, choices }), (text) =>
    accept(text === 'true'),
  );
}

export function listSetting(name: string, options: Options): Setting<readonly string[]> {
  return variable(name, {
    ...options,
    expects: 'one or more texts, separated by commas',
    parse(text) {
      const items = text.split(',').map((item) => item.trim());
      return items.every((item) => item !== '') ? items : undefined;
    },
  });
}

/** An address such as `http://127.0.0.1:8081`, without a slash at its end. */
export function urlSetting(
  name: string,
  options: Options & { readonly protocols: readonly string[] },
): Setting<string> {
  const { protocols, ...rest } = options;
  return variable(name, {
    ...rest,
    expects: `an address that begins with ${protocols.map((it) => `${it}://`).join(' or ')}`,
    parse(text) {
      const known = URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1));
      return known ? text.replace(/\/+$/, '') : undefined;
    },
  });
}

/** Where a service listens. */
export type Door = { readonly host: string; readonly port: number };

/** `PREFIX_HOST` and `PREFIX_PORT`: this machine alone unless told otherwise; 0 takes any free port. */
export function doorSetting(prefix: string, what: string): Setting<Door> {
  const host = { help: `the address on which ${what} listens`, fallback: '127.0.0.1' };
  const port = { help: `its port; 0 takes a free one`, fallback: '0', min: 0, max: 65_535 };
  return group({
    host: textSetting(`${prefix}_HOST`, host),
    port: integerSetting(`${prefix}_PORT`, port),
  });
}

export const SASL_MECHANISMS = ['scram-sha-256', 'scram-sha-512'] as const;

type Login = {
  [M in (typeof SASL_MECHANISMS)[number]]: {
    readonly mechanism: M;
    readonly username: string;
    readonly password: string;
  };
}[(typeof SASL_MECHANISMS)[number]];

/** How a service reaches Kafka, in the words of kafkajs. */
export type KafkaConnection = {
  readonly brokers: readonly string[];
  /** Undefined: no TLS. True: TLS with the authorities that Node trusts. */
  readonly ssl: true | { readonly ca: string } | undefined;
  readonly sasl: Login | undefined;
};

const kafkaVariables = group({
  brokers: listSetting('SMC_KAFKA_BROKERS', {
    help: 'Kafka brokers to begin with, as host:port',
    fallback: '127.0.0.1:9092',
  }),
  tls: flagSetting('SMC_KAFKA_TLS', {
    help: 'whether Kafka is spoken to over TLS',
    fallback: 'false',
  }),
  ca: optional(
    textSetting('SMC_KAFKA_TLS_CA', { help: 'the authority that signed the brokers, PEM' }),
  ),
  mechanism: choiceSetting('SMC_KAFKA_SASL_MECHANISM', {
    help: 'how the service proves who it is, when it has a user',
    choices: SASL_MECHANISMS,
    fallback: 'scram-sha-512',
  }),
  username: optional(textSetting('SMC_KAFKA_USER', { help: "the service's own principal" })),
  password: optional(textSetting('SMC_KAFKA_PASSWORD', { help: 'its password' })),
});

export const kafkaSetting: Setting<KafkaConnection> = mapSetting(kafkaVariables, kafkaConnection);

function kafkaConnection(
  given: typeof kafkaVariables extends Setting<infer T> ? T : never,
): Result<KafkaConnection, readonly ConfigProblem[]> {
  const { brokers, ca, mechanism, username, password } = given;
  const problems: ConfigProblem[] = [];
  if (!brokers.every((broker) => /^[^\s:]+:[0-9]{1,5}$|^\[[^\]]+\]:[0-9]{1,5}$/.test(broker))) {
    problems.push({ variable: 'SMC_KAFKA_BROKERS', expected: 'host:port for every broker' });
  }
  if (ca !== undefined && !given.tls) {
    problems.push({ variable: 'SMC_KAFKA_TLS', expected: 'true, because an authority is given,' });
  }
  if (username !== undefined && password === undefined) {
    problems.push({ variable: 'SMC_KAFKA_PASSWORD', expected: 'a password for SMC_KAFKA_USER' });
  }
  if (username === undefined && password !== undefined) {
    problems.push({ variable: 'SMC_KAFKA_USER', expected: 'a user for SMC_KAFKA_PASSWORD' });
  }
  if (problems.length > 0) return refuse(problems);
  const sasl =
    username === undefined || password === undefined
      ? undefined
      : { mechanism, username, password };
  const ssl = ca === undefined ? given.tls || undefined : { ca };
  return accept({ brokers, ssl, sasl });
}

export const registrySetting: Setting<string> = urlSetting('SMC_REGISTRY_URL', {
  help: 'the schema registry, at the root of its Confluent API',
  protocols: ['http', 'https'],
  fallback: 'http://127.0.0.1:8081/apis/ccompat/v7',
});

export const redisSetting: Setting<string> = urlSetting('SMC_REDIS_URL', {
  help: 'Redis, with user and password where it asks for them',
  protocols: ['redis', 'rediss'],
  fallback: 'redis://127.0.0.1:6379',
});

/** What `runService` reads for every service. */
export const serviceSettings = {
  logLevel: choiceSetting('SMC_LOG_LEVEL', {
    help: 'the least important log event that is written',
    choices: LOG_LEVELS,
    fallback: 'info',
  }),
  health: doorSetting('SMC_HEALTH', 'the door for health and metrics'),
};
export type ServiceSettings = ConfigOf<typeof serviceSettings>;
