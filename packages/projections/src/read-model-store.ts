import type { Brand, CaseId, ClientKey } from '@smc/domain';
import type { LogPosition } from '@smc/subscriber';
import type { CountName, RankingName, ViewChanges } from './view-changes.ts';
import type { CaseView, ClientView } from './views.ts';

/** One complete set of read models. A rebuild makes a new one beside the one in use. */
export type Namespace = Brand<string, 'Namespace'>;

/** How far a namespace has come. `version` is the number of batches applied to it. */
export type Standing = {
  readonly version: number;
  readonly positions: readonly LogPosition[];
};

export type Ranked = { readonly member: string; readonly atMs: number };

/**
 * Where the read models live. All of it can be rebuilt from the log.
 *
 * Every method rejects with a StoreFault, retriable, when the store can't be reached; nothing is
 * then known of the outcome of `apply` but that it is all or nothing.
 */
export type ReadModelStore = {
  /** The namespace that readers use; undefined: none was finished yet, or all was lost. */
  current(): Promise<Namespace | undefined>;
  /** Begins an empty namespace that no reader sees yet. */
  create(namespace: Namespace): Promise<void>;
  /** Makes it the current one and removes all others; false: it no longer exists. */
  publish(namespace: Namespace): Promise<boolean>;
  /** Removes a namespace that is not to be finished. */
  drop(namespace: Namespace): Promise<void>;
  /** Undefined: the namespace does not exist (any more). */
  standing(namespace: Namespace): Promise<Standing | undefined>;

  clients(
    namespace: Namespace,
    keys: readonly ClientKey[],
  ): Promise<ReadonlyMap<ClientKey, ClientView>>;
  cases(namespace: Namespace, ids: readonly CaseId[]): Promise<ReadonlyMap<CaseId, CaseView>>;
  counts(namespace: Namespace, name: CountName): Promise<ReadonlyMap<string, number>>;
  /** The oldest members, at most `limit`. */
  oldest(namespace: Namespace, name: RankingName, limit: number): Promise<readonly Ranked[]>;
  size(namespace: Namespace, name: RankingName): Promise<number>;

  /**
   * Applies a batch as a whole, if the namespace still stands at `version`; false: it does not,
   * because it is gone, or this batch or another projector's has been applied already.
   */
  apply(namespace: Namespace, version: number, changes: ViewChanges): Promise<boolean>;
  close(): Promise<void>;
};

export type StoreFaultCode =
  /** The store does not answer. */
  | 'UNREACHABLE'
  /** The read models are being built for the first time, or after the store was emptied. */
  | 'NOT_BUILT'
  /** What the store holds can't be what was written to it. */
  | 'DAMAGED';

export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly code: StoreFaultCode;
  readonly retriable: boolean;

  constructor(code: StoreFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retriable = code !== 'DAMAGED';
  }
}
