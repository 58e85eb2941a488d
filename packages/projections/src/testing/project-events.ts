import { DIVISIONS, type Acknowledgement, type AssignmentEvent, type Division } from '@smc/domain';
import { createTestLog, type TestLog } from '@smc/subscriber/testing';
import { systemClock, type Clock } from '@smc/runtime';
import type { FollowerReports } from '@smc/subscriber';
import type { ProjectionSource } from '../build-views.ts';
import type { ReadModelStore } from '../read-model-store.ts';

export const QUIET: FollowerReports = { away: () => {}, back: () => {}, lost: () => {} };

/** What one division says when it has taken an event in. */
export function acknowledgementOf(
  event: AssignmentEvent,
  division: Division,
  more: Partial<Acknowledgement> = {},
): Acknowledgement {
  return {
    type: 'Acknowledgement',
    division,
    clientKey: event.clientKey,
    clientSequence: event.clientSequence,
    team: 'team' in event ? event.team : undefined,
    acknowledgedAtMs: 0,
    ...more,
  };
}

export const allAcknowledge = (event: AssignmentEvent, more: Partial<Acknowledgement> = {}) =>
  DIVISIONS.map((division) => acknowledgementOf(event, division, more));

/** A log in memory and what a projector of a store needs to follow it. */
export async function sourceOf(
  store: ReadModelStore,
  { log, clock = systemClock }: { log?: TestLog; clock?: Clock } = {},
): Promise<ProjectionSource & { readonly testLog: TestLog }> {
  const testLog = log ?? (await createTestLog());
  return {
    log: testLog.broker.connect('projector'),
    codec: testLog.codec,
    store,
    reports: QUIET,
    clock,
    random: Math.random,
    testLog,
  };
}
