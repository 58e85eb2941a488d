/**
 * The proof under fire: cases flow at a steady pace while routers are killed and frozen, a broker
 * is killed and leaders move; then everything is answered and audited.
 *
 *   lane 1   SIGKILL of a router, at random moments; sometimes again while it starts
 *   lane 2   take-over: a router frozen in mid-transaction wakes while its heir restores
 *            SIGKILL of a broker, later started again
 *            leaders of one partition move
 *            zombie: a router frozen in mid-transaction wakes long after others have taken over
 *
 * Moments are counted in events sent, by the seed. A deliberate mistake runs through the same.
 */
import path from 'node:path';
import { TOPICS } from '@smc/domain';
import type { Verdict } from '@smc/operator';
import { delay } from '@smc/runtime';
import type { Mistake } from '../broken-drivers.ts';
import { AnswerWatch } from '../live/answer-watch.ts';
import type { Installation } from '../live/installation.ts';
import { pick, randomOf } from '../live/random.ts';
import { sendSteadily } from '../live/send-steadily.ts';
import { workloadUntil } from '../live/workload.ts';
import { Agenda, type Item } from './agenda.ts';
import { killBroker, moveLeaders } from './brokers.ts';
import { readWithKcat, type SecondReading } from './kcat.ts';
import { Routers, ROUTERS, type RouterName } from '../live/routers.ts';
import { countStored, type StoredRecords } from '../live/stored-records.ts';

export type KillRunOptions = {
  readonly cases: number;
  readonly perSecond: number;
  readonly kills: number;
  /** How often a frozen router wakes while its heir restores. */
  readonly takeOvers: number;
  /** How long the zombie sleeps: longer than a session. 0: there is none. */
  readonly zombieMs: number;
  readonly seed: number;
  /** Routers with a mistake and a slow fence; `none`: the slow fence alone, as a control. */
  readonly mistake?: Mistake | 'none';
  /** Whether brokers are disturbed too. */
  readonly brokerFaults: boolean;
  /** What happens, as it happens. */
  readonly tell: (what: string) => void;
};

export type KillReport = {
  readonly verdict: Verdict;
  readonly eventsSent: number;
  /** From the last case sent to the last case answered. */
  readonly settledMs: number;
  /** Tasks dropped and rebuilt, by the code of the fault. */
  readonly rebuilt: ReadonlyMap<string, number>;
  readonly assignments: StoredRecords;
  /** The same counted by kcat; undefined where it is not installed. */
  readonly kcat: SecondReading | undefined;
  readonly endedByThemselves: readonly string[];
  /** Everything proved, by the audit and by the second reader. */
  readonly clean: boolean;
};

/** After the last fault: a session, a rebuild, and a backlog of what was sent meanwhile. */
const SETTLE_MS = 180_000;
/** Routers with a mistake may fence each other for ever. */
const SETTLE_WITH_MISTAKE_MS = 20_000;
/** Long enough for the earlier owner's commit to arrive between a restore and a late fence. */
const SLOW_FENCE_MS = 1_500;
const PROGRAM_WITH_MISTAKE = path.join(import.meta.dirname, 'router-process.ts');

/** One run on an installation that is up; it may have seen other runs before. */
export async function killRun(
  installation: Installation,
  options: KillRunOptions,
): Promise<KillReport> {
  const { seed, mistake, tell } = options;
  const random = randomOf(seed);
  const routers = new Routers(installation, {
    random,
    ...(mistake !== undefined && {
      program: PROGRAM_WITH_MISTAKE,
      environment: { SMC_TEST_MISTAKE: mistake, SMC_TEST_FENCE_MS: String(SLOW_FENCE_MS) },
    }),
  });
  const watch = new AnswerWatch(installation);
  try {
    await routers.start();
    tell('two routers work');
    const isSound = (mistake ?? 'none') === 'none';
    const eventsSent = await disturb({ installation, routers, watch }, options, (error) => {
      // Routers with a mistake may stand still, and a fault waits for them; they are judged so.
      if (isSound) throw error;
      tell(String(error));
    });
    tell(`${eventsSent} events sent, and every fault is over; waiting for the last answer`);
    const startedAt = performance.now();
    const settleMs = isSound ? SETTLE_MS : SETTLE_WITH_MISTAKE_MS;
    // What is still unanswered then is for the verdict to say.
    await watch.untilAllAnswered(settleMs).catch((error: unknown) => tell(String(error)));
    const settledMs = performance.now() - startedAt;
    tell('deciding it all again');
    const verdict = await installation.verify();
    return await report({ installation, routers, verdict, eventsSent, settledMs });
  } finally {
    await watch.close();
    await routers.stop();
  }
}

type World = {
  readonly installation: Installation;
  readonly routers: Routers;
  readonly watch: AnswerWatch;
};

async function disturb(
  world: World,
  options: KillRunOptions,
  onJam: (error: unknown) => void,
): Promise<number> {
  const { seed, cases, perSecond, tell } = options;
  const { log, codec, partitions } = world.installation;
  const agenda: Agenda = new Agenda(lanesOf(world, options, (act) => agenda.alone(act)));
  const tellEvery = Math.ceil(cases / 10);
  let told = 0;
  let eventsSent = 0;
  const events = workloadUntil(() => agenda.isDone, { seed, cases });
  await sendSteadily(events, {
    log,
    codec,
    partitions,
    perSecond,
    onSent(sent) {
      eventsSent = sent;
      agenda.reached(sent);
      if (sent - told < tellEvery) return;
      told = sent;
      tell(`${sent} events sent, ${world.watch.answered.reduce((sum, n) => sum + n, 0)} answered`);
    },
  }).catch(onJam);
  return eventsSent;
}

/** Routers are killed in two stretches; between them is the zombie's. */
const FIRST_KILLS = [0.08, 0.6] as const;
const LAST_KILLS = [0.85, 0.98] as const;
const TAKE_OVER_AT = 0.03;
const TAKE_OVER_EVERY = 0.2;
const BROKER_KILL_AT = 0.25;
const LEADERS_MOVE_AT = 0.5;
const ZOMBIE_AT = 0.65;
/** How many of the kills are in the first stretch, and how many hit whatever the router does. */
const KILLS_FIRST = 0.8;
const KILLS_AT_ONCE = 0.4;

function lanesOf(
  { installation, routers, watch }: World,
  { kills, cases, seed, takeOvers, zombieMs, brokerFaults, tell }: KillRunOptions,
  alone: (act: () => Promise<void>) => Promise<void>,
): readonly (readonly Item[])[] {
  const random = randomOf(seed + 1);
  const moment = ([from, to]: readonly [number, number]) => from + random() * (to - from);
  const killLane = Array.from({ length: kills }, (_, n): Item => {
    const name = pick(random, ROUTERS);
    const atOnce = random() < KILLS_AT_ONCE;
    const act = async () => {
      await alone(async () => {
        if (!atOnce) await routers.ready(name);
        await routers.kill(name);
        tell(`SIGKILL of ${name}${atOnce ? ', whatever it was doing' : ''}`);
      });
    };
    const stretch = n < kills * KILLS_FIRST ? FIRST_KILLS : LAST_KILLS;
    return { at: cases * moment(stretch), act };
  });
  const freezes = Array.from({ length: takeOvers }, (_, n): Item => {
    const name = pick(random, ROUTERS);
    const act = () => alone(() => takeOver(routers, name, tell));
    return { at: cases * (TAKE_OVER_AT + n * TAKE_OVER_EVERY), act };
  });
  if (zombieMs > 0) {
    const name = pick(random, ROUTERS);
    const act = () => alone(() => zombie(routers, name, { zombieMs, tell }));
    freezes.push({ at: cases * ZOMBIE_AT, act });
  }
  if (!brokerFaults) return [killLane, freezes];
  const node = 1 + Math.floor(random() * installation.stack.brokers.length);
  const partition = Math.floor(random() * installation.partitions);
  const brokers: Item[] = [
    {
      at: cases * BROKER_KILL_AT,
      async act() {
        tell(`SIGKILL of broker ${node}`);
        await killBroker({ installation, watch }, node);
        tell(`broker ${node} is back`);
      },
    },
    {
      at: cases * LEADERS_MOVE_AT,
      async act() {
        await moveLeaders({ installation, watch }, partition);
        tell(`the leaders of partition ${partition} have moved`);
      },
    },
  ];
  return [killLane, [...freezes, ...brokers]];
}

/** The frozen router's commit, or its refusal, arrives at about the time when its heir restores. */
async function takeOver(
  routers: Routers,
  name: RouterName,
  tell: KillRunOptions['tell'],
): Promise<void> {
  await Promise.all(ROUTERS.map((router) => routers.ready(router)));
  const heir = name === ROUTERS[0] ? ROUTERS[1] : ROUTERS[0];
  const held = await routers.freezeInTransaction(name);
  // A session is longer than the freezing took: what the heir restores now, it restores as heir.
  const from = routers.linesOf(heir).length;
  tell(`SIGSTOP of ${name} in mid-transaction of partition ${held.join(' and ')}`);
  await routers.logged(
    heir,
    from,
    ({ event, partition }) => event === 'task.restored' && held.includes(partition ?? -1),
  );
  tell(`SIGCONT of ${name}, while ${heir} has restored and not yet answered`);
  await routers.wake(name);
}

async function zombie(
  routers: Routers,
  name: RouterName,
  { zombieMs, tell }: Pick<KillRunOptions, 'zombieMs' | 'tell'>,
): Promise<void> {
  await Promise.all(ROUTERS.map((router) => routers.ready(router)));
  const held = await routers.freezeInTransaction(name);
  tell(`SIGSTOP of ${name} in mid-transaction of partition ${held.join(' and ')}`);
  await delay(zombieMs);
  tell(`SIGCONT of ${name} after ${(zombieMs / 1000).toFixed(0)} s`);
  await routers.wake(name);
}

async function report(run: {
  readonly installation: Installation;
  readonly routers: Routers;
  readonly verdict: Verdict;
  readonly eventsSent: number;
  readonly settledMs: number;
}): Promise<KillReport> {
  const { verdict, eventsSent, settledMs } = run;
  const { log, stack } = run.installation;
  const { dataFolder } = stack;
  const assignments = await countStored({ log, dataFolder }, TOPICS.assignments);
  const kcat = await readWithKcat(stack.bootstrapServers);
  const rebuilt = new Map<string, number>();
  for (const { event, code = '' } of ROUTERS.flatMap((name) => run.routers.linesOf(name))) {
    if (event === 'task.failed') rebuilt.set(code, (rebuilt.get(code) ?? 0) + 1);
  }
  const { committed } = assignments;
  const agrees = !kcat || (kcat.records === committed && kcat.distinctIds === committed);
  const { endedByThemselves } = run.routers;
  const clean = verdict.clean && agrees && endedByThemselves.length === 0;
  return {
    verdict,
    eventsSent,
    settledMs,
    rebuilt,
    assignments,
    kcat,
    endedByThemselves,
    clean,
  };
}
