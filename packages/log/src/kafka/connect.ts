import { LogFault } from '../log-fault.ts';
import type { TxnLog } from '../txn-log.ts';
import { addressOf } from './cluster.ts';
import {
  CONNECT_TIMEOUT_MS,
  dialler,
  kafkaConfig,
  openSocket,
  type Access,
  type Dial,
} from './dial.ts';
import { asFault, faultOf } from './error-codes.ts';
import { KafkaLog } from './kafka-log.ts';
import { Deadlines } from './link.ts';
import { errorsOnly, logCreatorFor, type KafkaLogger } from './logging.ts';
import type { Random } from './persist.ts';
import { API } from './wire.ts';
import {
  apiVersionsRequest,
  readApiVersions,
  type BrokerAbilities,
  type BrokerAddress,
} from './wire-cluster.ts';

export type KafkaLogOptions = {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** `true`: TLS with the authorities that Node trusts; undefined: no TLS. */
  readonly ssl?: Access['ssl'] | undefined;
  readonly sasl?: Access['sasl'] | undefined;
  readonly logger?: KafkaLogger;
  /** For one request. A long poll gets its wait on top. */
  readonly requestTimeoutMs?: number;
  /** How long a partition or a coordinator may be away before it is UNAVAILABLE. */
  readonly patienceMs?: number;
  /** The largest batch that the topics take (max.message.bytes); more is refused unsent. */
  readonly batchBytesMax?: number;
  readonly random?: Random;
  readonly nowMs?: () => number;
};

const REQUEST_TIMEOUT_MS = 10_000;
/** A dead leader is replaced after the brokers' session timeout, 9 s by default. */
const PATIENCE_MS = 15_000;
/** Kafka's default of max.message.bytes. */
const BATCH_BYTES_MAX = 1_048_588;
/** The feature level at which a transaction ends with a new epoch (KIP-890). */
const TRANSACTION_VERSION_MIN = 2;

/**
 * Connects to a Kafka cluster of version 4.0 or newer. Rejects with UNAVAILABLE when no broker can
 * be reached, NOT_AUTHORISED when the credentials are refused, and TRANSACTIONS_V2_MISSING when the
 * cluster's transactions are not safe enough. It can be called again until it succeeds.
 */
export async function connectKafkaLog(options: KafkaLogOptions): Promise<TxnLog> {
  const logger = options.logger ?? errorsOnly;
  const access: Access = {
    clientId: options.clientId,
    ssl: options.ssl,
    sasl: options.sasl,
    requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    logCreator: logCreatorFor(logger),
  };
  const seeds = options.brokers.map(addressOf);
  const dial = dialler(access, new Deadlines());
  refuseOldCluster(await abilitiesOfAny(seeds, dial, access.clientId));
  return new KafkaLog({
    seeds,
    dial,
    logger,
    kafka: {
      ...kafkaConfig(access),
      brokers: [...options.brokers],
      socketFactory: openSocket,
    },
    requestTimeoutMs: access.requestTimeoutMs,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    batchBytesMax: options.batchBytesMax ?? BATCH_BYTES_MAX,
    random: options.random ?? Math.random,
    nowMs: options.nowMs ?? Date.now,
  });
}

async function abilitiesOfAny(
  seeds: readonly BrokerAddress[],
  dial: Dial,
  clientId: string,
): Promise<BrokerAbilities> {
  const asked = seeds.map(async (seed) => {
    const link = await dial(seed);
    try {
      const timeoutMs = CONNECT_TIMEOUT_MS;
      return readApiVersions(await link.request(apiVersionsRequest(clientId), { timeoutMs }));
    } finally {
      link.close();
    }
  });
  try {
    return await Promise.any(asked);
  } catch (thrown) {
    const faults: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : [];
    const telling = faults.map(asFault).find(({ retriable }) => !retriable);
    throw telling ?? asFault(faults[0] ?? 'no broker was named');
  }
}

function refuseOldCluster({ errorCode, versions, finalizedFeatures }: BrokerAbilities): void {
  if (errorCode !== 0) throw faultOf(errorCode, 'ApiVersions');
  const level = finalizedFeatures.get('transaction.version') ?? 0;
  if (level < TRANSACTION_VERSION_MIN) {
    throw new LogFault(
      'TRANSACTIONS_V2_MISSING',
      `this cluster has transaction.version ${level}, and exactly-once needs ` +
        `${TRANSACTION_VERSION_MIN} (KIP-890): upgrade it to Kafka 4.0 or newer, then run ` +
        `kafka-features.sh --bootstrap-server HOST:PORT upgrade --feature ` +
        `transaction.version=${TRANSACTION_VERSION_MIN}`,
    );
  }
  for (const [name, { key, version }] of Object.entries(API)) {
    const range = versions.get(key);
    if (range === undefined || version < range.min || version > range.max) {
      const has = range === undefined ? 'none' : `${range.min} to ${range.max}`;
      throw new LogFault('MISCONFIGURED', `the broker lacks ${name} v${version}: it has ${has}`);
    }
  }
}
