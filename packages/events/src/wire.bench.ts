/** CPU time per call of what every case costs on the wire: `node packages/events/src/wire.bench.ts`. */
import { createEventHeaders } from './event-headers.ts';
import { createMemoryRegistry } from './memory-registry.ts';
import { openCodec } from './open-codec.ts';
import { registerSchemas } from './register-schemas.ts';
import { SAMPLES } from './samples.ts';
import { readTraceparent, rootTraceparent } from './traceparent.ts';

const ROUNDS = 8;
const CALLS = 200_000;

/** The best of several rounds, in CPU time: on a shared machine the clock tells of the others. */
function measure(what: string, call: () => unknown): void {
  let bestNs = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const from = process.cpuUsage();
    for (let i = 0; i < CALLS; i++) call();
    const { user, system } = process.cpuUsage(from);
    bestNs = Math.min(bestNs, ((user + system) * 1000) / CALLS);
  }
  process.stdout.write(`${what.padEnd(28)} ${(bestNs / 1000).toFixed(2)} µs\n`);
}

const registry = createMemoryRegistry();
await registerSchemas(registry);
const types = ['CaseRegistered', 'CaseAssigned', 'ClientState'] as const;
const codec = await openCodec({ registry, types });

for (const type of types) {
  const event = SAMPLES[type];
  const bytes = codec.encode(event);
  measure(`encode ${type}`, () => codec.encode(event));
  measure(`decode ${type}`, () => codec.decode(bytes, types));
}

const headersOf = createEventHeaders({ codec, types: ['CaseAssigned'] });
const traceparent = rootTraceparent('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331');
const timeMs = 1_790_000_000_000;
const moment = { timeMs, traceparent };
const headers = headersOf(SAMPLES.CaseAssigned, moment);
measure('headers of CaseAssigned', () => headersOf(SAMPLES.CaseAssigned, moment));
measure('read trace context', () => readTraceparent(headers));
let low = 0;
measure('headers of an answer', () =>
  headersOf(SAMPLES.CaseAssigned, {
    timeMs,
    inputHeaders: headers,
    spanId: { high: 7, low: ++low },
  }),
);
const registered = codec.encode(SAMPLES.CaseRegistered);
measure('all that one case takes', () => {
  codec.decode(registered, types);
  codec.encode(SAMPLES.CaseAssigned);
  headersOf(SAMPLES.CaseAssigned, {
    timeMs,
    inputHeaders: headers,
    spanId: { high: 7, low: ++low },
  });
  codec.encodeState(SAMPLES.ClientState);
});
