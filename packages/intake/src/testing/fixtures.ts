import { must, TOPICS, type IntakeEvent } from '@smc/domain';
import { createMemoryRegistry, openCodec, registerSchemas } from '@smc/events';
import { createMemoryBroker, type LogRecord, type MemoryBroker } from '@smc/log';
import { createMetrics, createReadiness, silentLogger, type Clock } from '@smc/runtime';
import { createClientKeyDeriver } from '../client-key.ts';
import type { CodeLists } from '../code-lists.ts';
import { createIntakeParser, INTAKE_KINDS } from '../intake-parser.ts';
import { startIntake, type IntakeConfig } from '../start-intake.ts';

/** Of the range that the test set of the BRP uses: nobody's number. */
export const CANARY_BSNS = ['999990342', '999993653', '999993847', '999992077'] as const;
export const BSN = CANARY_BSNS[0];

export const SECRET = Buffer.alloc(32, 7);
export const CLIENT_KEYS = createClientKeyDeriver(SECRET, 1);

export const CODE_LISTS: CodeLists = {
  laws: new Set(['ZW', 'WIA', 'PW']),
  products: new Set(['herbeoordeling', 'monitoring-80-100']),
  employments: new Set(['vangnet', 'werkgever']),
  categories: new Set(['werk', 'ontwikkel', 'zorg']),
  groups: new Set(['military', 'klm', 'police']),
};

export const PARSER = createIntakeParser({ codeLists: CODE_LISTS, clientKeys: CLIENT_KEYS });

export const NOW_MS = Date.parse('2026-11-24T09:30:00Z');
export const CLOCK: Clock = { nowMs: () => NOW_MS };

export const CASE = {
  eventId: 'e-1',
  caseId: 'c-1',
  bsn: BSN,
  addressKind: 'dutch',
  postcode: '3511 ab',
  law: 'ZW',
  product: 'herbeoordeling',
  employment: 'vangnet',
  participatiewet: false,
};
export const CLOSURE = { eventId: 'e-2', bsn: BSN, closedOn: '2026-11-23' };
export const MOVE = {
  eventId: 'e-3',
  bsn: BSN,
  addressKind: 'dutch',
  postcode: '9711AA',
  movedOn: '2026-11-20',
};
export const STATUS = {
  eventId: 'e-4',
  bsn: BSN,
  participatiewet: true,
  groups: ['police'],
  changedOn: '2026-11-20',
};

export const CONFIG: IntakeConfig = {
  clientKey: { secret: SECRET, version: 1 },
  door: { host: '127.0.0.1', port: 0 },
  codeListsFile: undefined,
  publicUrl: 'https://intake.example.org',
  contactName: 'Central intake',
  contactEmail: 'intake@example.org',
  contactUrl: 'https://example.org/intake',
};

export const PARTITIONS = 4;

export function memoryBroker(): MemoryBroker {
  return createMemoryBroker({ topics: [{ name: TOPICS.intake, partitions: PARTITIONS }] });
}

export async function memoryRegistry() {
  const registry = createMemoryRegistry();
  await registerSchemas(registry);
  return registry;
}

/** Intake as a process has it, on a log and a registry in memory. */
export async function embeddedIntake(broker = memoryBroker(), registry = memoryRegistry()) {
  const failures: unknown[] = [];
  const readiness = createReadiness();
  const metrics = createMetrics({ ofProcess: false });
  const running = await startIntake({
    config: CONFIG,
    codeLists: CODE_LISTS,
    connectLog: () => Promise.resolve(broker.connect('intake')),
    registry: await registry,
    clock: CLOCK,
    random: Math.random,
    logger: silentLogger,
    metrics,
    readiness,
    fail: (error) => failures.push(error),
  });
  const ready = new Promise<void>((resolve) => readiness.onceReady(resolve));
  return { ...running, broker, metrics, readiness, ready, failures };
}

export type StoredEvent = { readonly event: IntakeEvent; readonly record: LogRecord };

/** Everything on `smc.intake`, decoded. */
export async function storedEvents(broker: MemoryBroker): Promise<readonly StoredEvent[]> {
  const reader = await broker.connect('test').openReader();
  const codec = await openCodec({ registry: await memoryRegistry(), types: INTAKE_KINDS });
  const found: StoredEvent[] = [];
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const of = { topic: TOPICS.intake, partition };
    const { end } = await reader.range(of);
    for (let offset = 0; offset < end;) {
      const slices = await reader.fetch([{ ...of, offset, maxBytes: 1e6 }], { maxWaitMs: 1000 });
      const slice = must(slices[0], 'the range says that there is more');
      for (const record of slice.records) {
        const decoded = codec.decode(record.value, INTAKE_KINDS);
        if (decoded.ok !== true) throw new Error('an event that can not be read');
        found.push({ event: decoded.value, record });
      }
      offset = slice.nextOffset;
    }
  }
  await reader.close();
  return found;
}
