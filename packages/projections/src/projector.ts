import { createBackoff, delay, DEPENDENCY_BACKOFF, endsWithin } from '@smc/runtime';
import { canBeWaitedOut, Outage, SubscriberFault, type FollowerReports } from '@smc/subscriber';
import { applyBatch } from './apply-batch.ts';
import { buildViews, openFollower, type ProjectionSource } from './build-views.ts';
import type { ProjectedBatch, Projection } from './project-batch.ts';
import { StoreFault, type Namespace } from './read-model-store.ts';

/** Why read models are built anew. */
export type BuildReason =
  /** The store holds none: it is new, or it was emptied. */
  | 'none'
  /** An event does not follow on what the store knows, or the store holds what nobody wrote. */
  | 'damaged'
  /** The store stands beyond the end of the log: it belongs to another log. */
  | 'other-log';

/** Everything a projector tells the outside; each must not throw. */
export type ProjectorReports = FollowerReports & {
  readonly projected: (batch: ProjectedBatch, projection: Projection) => void;
  readonly building: (reason: BuildReason) => void;
  /** Undefined: another build was faster, or we were told to stop. */
  readonly built: (namespace: Namespace | undefined) => void;
};

export type ProjectorOptions = Omit<ProjectionSource, 'reports'> & {
  readonly reports: ProjectorReports;
};

export type Projector = {
  /** Resolves after `close`; rejects with what stopped the projector. */
  readonly stopped: Promise<void>;
  status(): ProjectorStatus;
  close(): Promise<void>;
};

export type ProjectorStatus = {
  readonly namespace: Namespace | undefined;
  /** Offsets to the end of both topics, as of the last fetch. */
  readonly lag: number;
  readonly ageMs: number;
  /** Why it stands still: Kafka, the registry or the store is away. */
  readonly away: string | undefined;
};

/**
 * Damage that a build did not mend (a gap in the log itself, somebody who writes to our keys) must
 * not lead to building for ever: until so long has passed it goes on with what there is.
 */
const DAMAGE_BUILD_INTERVAL_MS = 600_000;
/** Closing waits so long for a request that nobody answers. Nothing depends on its end. */
const CLOSE_MS_MAX = 2_000;

/**
 * Keeps the read models in step with the log.
 *
 * ```
 *            no current namespace
 *   look ─────────────────────────► build from the first record, publish ─┐
 *    ▲ └── current namespace ──┐                                          │
 *    │                         ▼                                          │
 *    │ refused, moved     follow: read a batch, apply it at its version ◄─┘
 *    └────────────────────────┘  └─ damaged, other log ──► build
 * ```
 * `refused` means that the namespace does not stand where we left it: our last answer was lost,
 * another projector works too, somebody rebuilt, or the store was emptied. Looking again tells
 * which. So a crash, an outage and a second projector need no rules of their own.
 */
export function startProjection(options: ProjectorOptions): Projector {
  return new RunningProjector(options);
}

class RunningProjector implements Projector {
  readonly stopped: Promise<void>;
  readonly #options: ProjectorOptions;
  readonly #stopping = new AbortController();
  readonly #outage: Outage;
  #follower: ReturnType<typeof openFollower> | undefined;
  #namespace: Namespace | undefined;
  #builtForDamageMs = Number.NEGATIVE_INFINITY;

  constructor(options: ProjectorOptions) {
    this.#options = options;
    this.#outage = new Outage(options.reports);
    this.stopped = this.#run();
    // Whoever awaits `stopped` sees the rejection; nobody awaiting it must not end the process.
    this.stopped.catch(() => undefined);
  }

  status(): ProjectorStatus {
    const nowMs = this.#options.clock.nowMs();
    return {
      namespace: this.#namespace,
      lag: this.#follower?.lag ?? 0,
      ageMs: this.#follower?.ageMs(nowMs) ?? 0,
      away: this.#outage.reason ?? this.#follower?.away,
    };
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await endsWithin(
      this.stopped.catch(() => undefined),
      CLOSE_MS_MAX,
    );
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const waits = createBackoff(DEPENDENCY_BACKOFF, this.#options.random);
    while (!signal.aborted) {
      try {
        await this.#lookAndFollow(() => {
          this.#outage.end();
          waits.reset();
        });
      } catch (error) {
        if (signal.aborted) return;
        const reason = this.#buildReason(error);
        if (reason !== undefined) await this.#build(reason).catch((it) => this.#waitOut(it));
        else this.#waitOut(error);
        await delay(waits.nextMs(), signal);
      }
    }
  }

  /** Until the namespace is not ours to follow any more, or something fails. */
  async #lookAndFollow(works: () => void): Promise<void> {
    const { store } = this.#options;
    const { signal } = this.#stopping;
    const namespace = await store.current();
    const standing = namespace && (await store.standing(namespace));
    if (namespace === undefined || standing === undefined) {
      await this.#build('none');
      return;
    }
    this.#namespace = namespace;
    const follower = (this.#follower = openFollower(this.#options, standing.positions));
    try {
      for (let { version } = standing; ;) {
        const batch = await follower.next(signal);
        if (batch === undefined) return;
        works();
        if (batch.next.length === 0) {
          if ((await store.current()) !== namespace) return;
          continue;
        }
        const projection = await applyBatch(this.#options, { namespace, version, batch });
        if (projection === 'refused') return;
        version++;
        this.#options.reports.projected(batch, projection);
        if (projection.gaps > 0 && this.#mayBuildForDamage()) {
          throw new StoreFault('DAMAGED', 'an event does not follow on what the store knows');
        }
      }
    } finally {
      await follower.close();
    }
  }

  async #build(reason: BuildReason): Promise<void> {
    const { reports } = this.#options;
    if (reason === 'damaged') this.#builtForDamageMs = this.#options.clock.nowMs();
    reports.building(reason);
    reports.built(await buildViews(this.#options, this.#stopping.signal));
  }

  #buildReason(error: unknown): BuildReason | undefined {
    if (error instanceof SubscriberFault && error.code === 'POSITION_BEYOND_END')
      return 'other-log';
    const damaged = error instanceof StoreFault && error.code === 'DAMAGED';
    return damaged && this.#mayBuildForDamage() ? 'damaged' : undefined;
  }

  #mayBuildForDamage(): boolean {
    return this.#options.clock.nowMs() - this.#builtForDamageMs > DAMAGE_BUILD_INTERVAL_MS;
  }

  #waitOut(error: unknown): void {
    const damaged = error instanceof StoreFault && error.code === 'DAMAGED';
    if (!damaged && !canBeWaitedOut(error)) throw error;
    this.#outage.begin(error);
  }
}
