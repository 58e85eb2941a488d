import { CO_PARTITIONED, TOPICS } from '@smc/domain';
import { decide } from '@smc/decision';
import { openCodec, type SchemaRegistryPort } from '@smc/events';
import { LogFault, type GroupMember, type TxnLog } from '@smc/log';
import {
  delay,
  integerSetting,
  textSetting,
  untilReachable,
  type Clock,
  type Logger,
  type Metrics,
  type Random,
  type Readiness,
} from '@smc/runtime';
import type { BatchLimits } from './batch.ts';
import type { Demarcations } from './demarcation-waits.ts';
import { createHeaderTools } from './header-tools.ts';
import { createRouterReports, type RouterReports } from './reports.ts';
import { RouterTask } from './router-task.ts';
import { Supervisor } from './supervisor.ts';

export type RouterOptions = {
  readonly log: TxnLog;
  readonly registry: SchemaRegistryPort;
  readonly demarcations: Demarcations;
  /** How many partitions the installation was set up with: others are refused. */
  readonly partitions: number;
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly limits?: BatchLimits;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Called with a bug: the process has to end. */
  readonly fail: (error: unknown) => void;
};

/** What a router's process reads from its environment, besides where Kafka and the registry are. */
export const routerSettings = {
  partitions: integerSetting('SMC_PARTITIONS', {
    help: 'how many partitions this installation was set up with; never changed afterwards',
    fallback: '4',
    min: 1,
    max: 128,
  }),
  groupId: textSetting('SMC_ROUTER_GROUP', {
    help: 'the consumer group whose members share the partitions',
    fallback: 'router',
  }),
  sessionTimeoutMs: integerSetting('SMC_ROUTER_SESSION_MS', {
    help: 'how long a router may be silent before the others take over its partitions',
    fallback: '10000',
    min: 1_000,
    max: 300_000,
  }),
};

/** All that a router reads and writes; refused at start when one is not registered. */
export const ROUTER_TYPES = [
  'CaseRegistered',
  'CaseClosed',
  'ClientMoved',
  'ClientStatusChanged',
  'CaseReclassified',
  'DemarcationActivated',
  'TeamRequested',
  'LoadChanged',
  'TeamChosen',
  'CommandAnswered',
  'CaseAssigned',
  'ClientHandedOver',
  'CaseParked',
  'CaseReleased',
  'DeadLetter',
  'ClientState',
  'OfficeLoad',
  'Checkpoint',
] as const;

/**
 * 1,000 cases take about ten milliseconds to build, and their events stay well under the megabyte
 * that a topic takes in one batch.
 */
export const DEFAULT_LIMITS: BatchLimits = { recordsMax: 1_000, bytesMax: 600 * 1024 };

/** The group's offsets are a hint for lag tools; nothing starts from them. */
const GROUP_OFFSETS_EVERY_MS = 5_000;
const PAUSE = { firstMs: 50, maxMs: 30_000 };

/** A topic has another partition count than this installation was set up with. */
export class PartitionMismatchError extends Error {
  override readonly name = 'PartitionMismatchError';
}

/**
 * Starts a router: it joins the group and works the partitions that the group gives it, until
 * `stop`, which ends the transactions under way and leaves the group in good order.
 */
export async function startRouter(options: RouterOptions): Promise<{ stop(): Promise<void> }> {
  const { log, logger, readiness, random, signal } = options;
  readiness.set('group', 'not in the group yet');
  const waiting = { random, signal, readiness, logger };
  await untilReachable(() => checkPartitions(log, options.partitions), {
    ...waiting,
    name: 'kafka',
  });
  const { registry } = options;
  const codec = await untilReachable(() => openCodec({ registry, types: ROUTER_TYPES }), {
    ...waiting,
    name: 'registry',
  });
  const reports = createRouterReports(options);
  const pause = (attempt: number, until: AbortSignal) => pauseFor(attempt, random, until);
  const deps = {
    ...options,
    ...createHeaderTools(codec, random),
    codec,
    decide,
    reports,
    pause,
    nowMs: options.clock.nowMs,
  };
  const supervisor = new Supervisor({
    createTask: (partition, limits) => new RouterTask(deps, partition, limits),
    limits: options.limits ?? DEFAULT_LIMITS,
    reports,
    pause,
    onBug: options.fail,
  });
  const member = await untilReachable(() => join(options, supervisor, reports), {
    ...waiting,
    name: 'kafka',
  });
  const hints = shareGroupOffsets(options, supervisor);
  return {
    async stop() {
      clearInterval(hints);
      await supervisor.stop();
      await member.leave();
    },
  };
}

function join(
  { log, groupId, sessionTimeoutMs }: RouterOptions,
  supervisor: Supervisor,
  reports: RouterReports,
): Promise<GroupMember> {
  // The group is silent during a rebalance, and for good when it has forgotten us.
  let patience: NodeJS.Timeout | undefined;
  return log.joinGroup(
    { groupId, topic: TOPICS.intake, sessionTimeoutMs },
    {
      assigned(partitions) {
        clearTimeout(patience);
        reports.assigned(partitions);
        supervisor.assign(partitions);
      },
      lost(reason) {
        clearTimeout(patience);
        reports.lost(reason);
        supervisor.doubt();
        patience = setTimeout(() => supervisor.assign([]), sessionTimeoutMs).unref();
      },
    },
  );
}

/** Rules must meet the same client in the same partition of every topic, now and always. */
async function checkPartitions(log: TxnLog, expected: number): Promise<void> {
  const counts = await log.partitionCounts(CO_PARTITIONED);
  for (const [topic, count] of counts) {
    if (count !== expected) {
      throw new PartitionMismatchError(
        `${topic} has ${count} partitions, and this installation was set up with ${expected}: ` +
          'a client would come to another partition. Restore the topic, or set SMC_PARTITIONS ' +
          'to what the installation was set up with.',
      );
    }
  }
}

async function pauseFor(attempt: number, random: Random, signal: AbortSignal): Promise<void> {
  const ms = Math.min(PAUSE.maxMs, PAUSE.firstMs * 2 ** Math.min(attempt, 30));
  await delay(Math.round(ms * (1 - random() / 2)), signal);
}

function shareGroupOffsets(options: RouterOptions, supervisor: Supervisor): NodeJS.Timeout {
  const { log, groupId, logger } = options;
  return setInterval(() => {
    const positions = [...supervisor.positions()].map(([partition, offset]) => ({
      topic: TOPICS.intake,
      partition,
      offset,
    }));
    if (positions.length === 0) return;
    log.commitGroupOffsets(groupId, positions).catch((error: unknown) => {
      const reason = error instanceof LogFault ? error.message : String(error);
      logger.debug({ event: 'group.offsets-not-shared', reason }, 'lag tools see an old position');
    });
  }, GROUP_OFFSETS_EVERY_MS);
}
