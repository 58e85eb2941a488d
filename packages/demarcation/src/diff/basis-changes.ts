/** When which office divides its clients in another way than before (A08, A21). */
import type { Basis, OfficeId } from '@smc/domain';
import type { OfficeDocument } from '../document.ts';
import { joinStretches, type Stretch } from './dates.ts';

export type BasisChange = {
  readonly office: OfficeId;
  readonly stretch: Stretch;
  readonly before: Basis | undefined;
  readonly after: Basis | undefined;
};

export function basisChanges(
  before: OfficeDocument,
  after: OfficeDocument,
  stretches: readonly Stretch[],
): readonly BasisChange[] {
  const differing = stretches
    .map((stretch) => {
      const value = { before: basisOn(before, stretch), after: basisOn(after, stretch) };
      return { stretch, value };
    })
    .filter(({ value }) => value.before !== value.after);
  return joinStretches(differing, (value) => `${value.before} ${value.after}`).map(
    ({ stretch, value }) => ({ office: after.id, stretch, ...value }),
  );
}

function basisOn({ bases }: OfficeDocument, { from: on }: Stretch): Basis | undefined {
  return bases.findLast(({ from }) => from <= on)?.basis;
}
