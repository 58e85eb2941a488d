import {
  connectRegistry,
  openCodec,
  WIRE_TYPES,
  type Codec,
  type SchemaRegistryPort,
} from '@smc/events';
import { connectKafkaLog, type TxnLog } from '@smc/log';
import { connectRedisStore, openViews, type Views } from '@smc/projections';
import { systemClock } from '@smc/runtime';
import { findAddresses, type Addresses } from './addresses.ts';

/** What a command works with; each part is connected when it is first asked for. */
export type Connections = {
  readonly addresses: Addresses;
  log(): Promise<TxnLog>;
  registry(): SchemaRegistryPort;
  /** Knows every type of event. */
  codec(): Promise<Codec>;
  views(): Views;
  close(): Promise<void>;
};

export function connect(addresses: Addresses = findAddresses()): Connections {
  const closing: (() => Promise<void>)[] = [];
  let log: Promise<TxnLog> | undefined;
  const registry = () => connectRegistry({ url: addresses.registry });
  return {
    addresses,
    registry,
    log() {
      log ??= connectKafkaLog({ ...addresses.kafka, clientId: 'smc' }).then((opened) => {
        closing.push(() => opened.close());
        return opened;
      });
      return log;
    },
    codec: () => openCodec({ registry: registry(), types: WIRE_TYPES }),
    views() {
      const store = connectRedisStore(addresses.redis);
      closing.push(() => store.close());
      return openViews(store, systemClock);
    },
    async close() {
      await Promise.allSettled(closing.map((close) => close()));
    },
  };
}
