import { DIVISIONS, type Acknowledgement, type ClientKey, type Division } from '@smc/domain';
import { bucketOf } from './durations.ts';
import type { Tally } from './view-changes.ts';
import type { Acknowledged, ClientView } from './views.ts';

/**
 * Acknowledgements are kept for 400 days, events for ever. A rebuilt view finds no answer to older
 * events any more, and must not report them as unanswered.
 */
const TRACKED_MS_MAX = 365 * 24 * 3_600_000;

/**
 * Convergence (B43): the divisions know the same team for a client when each has acknowledged the
 * client's newest event, with the team that event left the client with.
 *
 * Events and acknowledgements come from two topics, so an acknowledgement may be read before the
 * event it answers. It then waits in the client's view: the client counts only once the event is
 * there.
 */
export function acknowledge(view: ClientView, event: Acknowledgement): ClientView {
  const before = view.acknowledged[event.division];
  if (before !== undefined && before.sequence > event.clientSequence) return view;
  const { clientSequence: sequence, team, acknowledgedAtMs: atMs } = event;
  const acknowledged: Acknowledged = { sequence, atMs, ...(team === undefined ? {} : { team }) };
  return { ...view, acknowledged: { ...view.acknowledged, [event.division]: acknowledged } };
}

/** The view after an event was written at `atMs`: from then on the divisions have to follow. */
export function awaitDivisions(view: ClientView, atMs: number, nowMs: number): ClientView {
  const changed = { ...view, changedAtMs: atMs };
  if (view.pendingSinceMs !== undefined || nowMs - atMs > TRACKED_MS_MAX) return changed;
  return { ...changed, pendingSinceMs: atMs };
}

/** At the end of a batch: a client whom all know is no longer pending, and its time counts. */
export function settle(view: ClientView, tally: Tally): ClientView {
  if (view.pendingSinceMs === undefined || !DIVISIONS.every((it) => knows(view, it))) return view;
  const { pendingSinceMs: _, ...converged } = view;
  let lastMs = 0;
  for (const division of DIVISIONS) {
    lastMs = Math.max(lastMs, view.acknowledged[division]?.atMs ?? 0);
  }
  tally.add('convergence-time', String(bucketOf(lastMs - view.changedAtMs)), 1);
  return converged;
}

/** Where the client stands in the rankings, before and after a batch. */
export function rankClient(
  clientKey: ClientKey,
  { before, after, tally }: { before: ClientView; after: ClientView; tally: Tally },
): void {
  const rank = (
    name: Parameters<Tally['rank']>[0],
    at: (view: ClientView) => number | undefined,
  ) => {
    if (at(before) !== at(after)) tally.rank(name, clientKey, at(after));
  };
  rank('not-converged', (view) => view.pendingSinceMs);
  for (const division of DIVISIONS) {
    rank(`behind/${division}`, (view) => (knows(view, division) ? undefined : view.pendingSinceMs));
  }
  rank('disagreeing', (view) =>
    DIVISIONS.some((it) => contradicts(view, it)) ? view.changedAtMs : undefined,
  );
}

function knows(view: ClientView, division: Division): boolean {
  const acknowledged = view.acknowledged[division];
  return acknowledged?.sequence === view.sequence && acknowledged.team === view.team;
}

function contradicts(view: ClientView, division: Division): boolean {
  const acknowledged = view.acknowledged[division];
  return acknowledged?.sequence === view.sequence && acknowledged.team !== view.team;
}
