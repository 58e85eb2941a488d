import type { Clock } from '@smc/runtime';
import { projectBatch, touchedBy, type ProjectedBatch, type Projection } from './project-batch.ts';
import type { Namespace, ReadModelStore } from './read-model-store.ts';

export type BatchToApply = {
  readonly namespace: Namespace;
  /** What the namespace must stand at. */
  readonly version: number;
  readonly batch: ProjectedBatch;
};

/**
 * Reads in bulk what a batch touches, and applies what it changes. `refused`: the namespace no
 * longer stands where it stood, and nothing was changed. Nothing is kept between batches, so the
 * memory that it takes is that of one batch.
 */
export async function applyBatch(
  { store, clock }: { readonly store: ReadModelStore; readonly clock: Clock },
  { namespace, version, batch }: BatchToApply,
): Promise<Projection | 'refused'> {
  const touched = touchedBy(batch);
  const [clients, cases] = await Promise.all([
    store.clients(namespace, touched.clients),
    store.cases(namespace, touched.cases),
  ]);
  const projection = projectBatch(batch, { clients, cases }, clock.nowMs());
  const applied = await store.apply(namespace, version, projection.changes);
  return applied ? projection : 'refused';
}
