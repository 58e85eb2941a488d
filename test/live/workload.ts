import { createHash } from 'node:crypto';
import { fromEpochDay, toEpochDay, type IntakeEvent, type LocalDate } from '@smc/domain';
import {
  caseClosed,
  caseReclassified,
  caseRegistered,
  clientMoved,
  statusChanged,
} from '@smc/decision/testing/intake-events';
import type { Random } from '@smc/runtime';
import { pick, randomOf } from './random.ts';

export type WorkloadOptions = {
  readonly seed: number;
  /** Cases that are registered; what happens to them comes on top. */
  readonly cases: number;
};

/** A client has about so many cases: most meet a client that has a team already. */
const CASES_PER_CLIENT = 8;
const MOVES = 0.04;
/** A PW benefit begins or ends, which hands the client over. */
const STATUS_CHANGES = 0.02;
const CLOSURES = 0.15;
/** A case is judged anew: while it is idle it weighs less. */
const JUDGED_IDLE = 0.05;
/** A case is closed when so many others have come after it. */
const OPEN_FOR_CASES = 500;
/** Some months under one version of the example organisation. */
const FIRST_DAY = toEpochDay('2026-01-15' as LocalDate);
const DAYS = 90;
/** Small, so that the end is soon after it is over. */
const MORE_CASES = 100;
/** Far from any seed that is asked for: no case comes twice. */
const MORE_SEED = 1_000_000;
const WITHOUT_HOME = ['foreign', 'secret', 'none', 'postbus 3500 GA'] as const;

/** Cases of invented clients all over the country, who move house, whose benefit changes and whose cases are closed or idle. */
export function* workload({ seed, cases }: WorkloadOptions): Generator<IntakeEvent> {
  const random = randomOf(seed);
  const clients = Math.max(1, Math.round(cases / CASES_PER_CLIENT));
  const clientOf: number[] = [];
  for (let n = 0; n < cases; n++) {
    const client = Math.floor(random() * clients);
    clientOf.push(client);
    const on = fromEpochDay(FIRST_DAY + Math.floor((n * DAYS) / cases));
    const who = { clientKey: clientKeyOf(seed, client), on };
    yield caseRegistered({
      ...who,
      caseId: `case-${seed}-${n}`,
      address: someAddress(random),
      bsn: String(client % 100).padStart(2, '0'),
    });
    if (random() < MOVES) {
      yield clientMoved({ ...who, eventId: `move-${seed}-${n}`, address: someAddress(random) });
    }
    if (random() < STATUS_CHANGES) {
      const participatiewet = random() < 0.5;
      yield statusChanged({ ...who, eventId: `status-${seed}-${n}`, participatiewet });
    }
    const earlier = clientOf[n - OPEN_FOR_CASES];
    if (earlier === undefined) continue;
    const old = {
      clientKey: clientKeyOf(seed, earlier),
      caseId: `case-${seed}-${n - OPEN_FOR_CASES}`,
    };
    if (random() < CLOSURES) yield caseClosed({ on, ...old });
    else if (random() < JUDGED_IDLE) yield caseReclassified({ on, ...old, activity: 'idle' });
  }
}

/** The cases asked for, and more of them until it is over: a fault needs cases to hit. */
export function* workloadUntil(
  isOver: () => boolean,
  asked: WorkloadOptions,
): Generator<IntakeEvent> {
  yield* workload(asked);
  for (let more = 1; !isOver(); more++) {
    yield* workload({ seed: asked.seed + more * MORE_SEED, cases: MORE_CASES });
  }
}

function someAddress(random: Random): string {
  if (random() < 0.03) return pick(random, WITHOUT_HOME);
  return `${1000 + Math.floor(random() * 9000)} AB`;
}

function clientKeyOf(seed: number, client: number): string {
  const hash = createHash('sha256').update(`${seed}-${client}`).digest().subarray(0, 26);
  return [...hash].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('');
}
