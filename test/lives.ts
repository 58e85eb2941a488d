import { partitionOf, type ClientKey, type IntakeEvent } from '@smc/domain';
import {
  caseClosed,
  caseReclassified,
  caseRegistered,
  clientMoved,
  statusChanged,
} from '@smc/decision/testing/intake-events';
import { pick, randomOf } from './live/random.ts';
import { PARTITIONS } from './router-harness.ts';
import { ADDRESSES } from './workload-organisation.ts';

/** The day of all that happens here. */
export const DAY = '2026-09-15';

/** An invented client in a partition. */
export function clientIn(partition: number, n = 0): ClientKey {
  for (let i = 0, found = 0; ; i++) {
    const key =
      `client${String(i).replace(/[0-9]/g, (d) => 'abcdefghij'[Number(d)] ?? 'a')}`.padEnd(
        26,
        'a',
      ) as ClientKey;
    if (partitionOf(key, PARTITIONS) === partition && found++ === n) return key;
  }
}

/** Cases of many clients who close, move, are judged anew and get a PW benefit, in a fixed order. */
export function lives(seed: number, count: number, clients: number): readonly IntakeEvent[] {
  const random = randomOf(seed);
  const events: IntakeEvent[] = [];
  const open: { caseId: string; clientKey: string }[] = [];
  for (let n = 0; n < count; n++) {
    const client = Math.floor(random() * clients);
    const clientKey = clientIn(client % PARTITIONS, Math.floor(client / PARTITIONS));
    const common = { clientKey, on: DAY, eventId: `event-${seed}-${n}` };
    const what = random();
    const other = open[Math.floor(random() * open.length)];
    if (what < 0.55 || other === undefined) {
      const caseId = `case-${seed}-${n}`;
      const law = random() < 0.3 ? 'ZW' : 'WIA';
      const product = law === 'ZW' ? 'zw-beoordeling' : 'wia-aanvraag';
      const category = pick(random, [undefined, undefined, 'grote-afstand']);
      const address = ADDRESSES[client % ADDRESSES.length] ?? ADDRESSES[0];
      const about = { caseId, law, product, address, ...(category && { category }) };
      events.push(
        caseRegistered({ ...common, ...about, bsn: String(client % 100).padStart(2, '0') }),
      );
      open.push({ caseId, clientKey });
    } else if (what < 0.8) {
      events.push(caseClosed({ ...common, ...other }));
      open.splice(open.indexOf(other), 1);
    } else if (what < 0.88) {
      const activity = pick(random, ['idle', 'active'] as const);
      events.push(caseReclassified({ ...common, ...other, activity }));
    } else if (what < 0.95) {
      events.push(clientMoved({ ...common, address: pick(random, ADDRESSES) }));
    } else {
      events.push(statusChanged({ ...common, participatiewet: random() < 0.6 }));
    }
  }
  return events;
}
