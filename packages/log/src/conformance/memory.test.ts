import { must } from '@smc/domain';
import type { Selector } from '../memory/fault-plan.ts';
import { createMemoryBroker } from '../memory/memory-broker.ts';
import type { TxnLog } from '../txn-log.ts';
import { describeTxnLog } from './describe-txn-log.ts';
import type { Powers, Step, TxnLogHarness } from './harness.ts';

describeTxnLog('the memory log', async (): Promise<TxnLogHarness> => {
  const broker = createMemoryBroker();
  const ids = new Map<TxnLog, string>();
  const idOf = (client: TxnLog) => must(ids.get(client), 'a client of this harness');
  let topics = 0;

  const powers: Powers = {
    crash: (client) => broker.crash(client),
    lose: (client, part, step) => broker.fail({ ...MOMENT[step][part], clientId: idOf(client) }),
    holdCommit: (client) => {
      return broker.hold({ operation: 'run', stage: 'between', clientId: idOf(client) });
    },
    holdMarkers: () => broker.holdMarkers(),
    cutOff: (client) => broker.outage(idOf(client)),
    corruptFetch: (client) => {
      broker.fail({ operation: 'fetch', clientId: idOf(client) }, { code: 'CORRUPT' });
    },
    freeze: (client) => broker.freezeMemberships(client),
    compact: async (topic) => broker.compact(topic, { dropTombstones: true }),
    truncate: async (at) => broker.truncate(at),
    moveLeader: async () => broker.fail({ operation: 'run', stage: 'between' }),
    restartBroker: async () => broker.outage()(),
    groupOffsets: async (groupId, of) => {
      const stored = broker.groupOffsets(groupId);
      return stored.find((p) => p.topic === of.topic && p.partition === of.partition)?.offset;
    },
  };

  return {
    async createTopic({ partitions = 1, ...options }) {
      const name = `topic-${++topics}`;
      broker.createTopic({ name, partitions, ...options });
      return name;
    },
    async connect() {
      const id = `client-${ids.size + 1}`;
      const client = broker.connect(id);
      ids.set(client, id);
      return client;
    },
    sessionTimeoutMs: 50,
    powers,
    close: async () => {},
  };
});

/** Where in the memory log a request or its answer is lost. */
const MOMENT: Readonly<Record<Step, Readonly<Record<'request' | 'answer', Selector>>>> = {
  'open-task': {
    request: { operation: 'open-task', stage: 'before' },
    answer: { operation: 'open-task', stage: 'after' },
  },
  produce: {
    request: { operation: 'run', stage: 'before' },
    answer: { operation: 'run', stage: 'between' },
  },
  commit: {
    request: { operation: 'run', stage: 'between' },
    answer: { operation: 'run', stage: 'after' },
  },
  publish: {
    request: { operation: 'publish', stage: 'before' },
    answer: { operation: 'publish', stage: 'after' },
  },
};
