import {
  assert,
  must,
  unreachable,
  type ComparedTeam,
  type EventId,
  type LoadEntry,
  type OfficeEvent,
  type OfficeLoad,
  type SourcePosition,
  type TeamChosen,
  type TeamId,
  type TeamRequested,
} from '@smc/domain';
import type { Demarcation } from '../demarcation.ts';
import { minutesOn } from '../eligible.ts';
import { compareEntries } from './counting.ts';
import { weightOf } from './weight.ts';

/** What came of one event of an office: its counters afterwards, and its answer to a request. */
export type OfficeDecision = {
  readonly load: OfficeLoad;
  readonly answer: TeamChosen | undefined;
};

export type DecideOffice = (
  input: { readonly event: OfficeEvent; readonly source: SourcePosition },
  /** Undefined: nothing has been counted yet. */
  load: OfficeLoad | undefined,
  /** The version that a request names; not needed for a change of load. */
  demarcation: Demarcation | undefined,
) => OfficeDecision;

/**
 * The one writer of an office's counters (A09, D15): counts what clients' tasks tell, and chooses the
 * team for a client who needs one. Pure: the same events in the same order give the same bytes.
 */
export const decideOffice: DecideOffice = ({ event, source }, load, demarcation) => {
  const before = load ?? { office: event.office, entries: [] };
  assert(before.office === event.office, 'the counters are those of the office of the event');
  switch (event.type) {
    case 'LoadChanged':
      return { load: counted(before, event.changes), answer: undefined };
    case 'TeamRequested': {
      const version = must(demarcation, 'the version that a request names is there');
      const answer = choose(event, source, { load: before, demarcation: version });
      const kind = { team: answer.team, ...answer.counted, count: 1 };
      return { load: counted(before, [kind]), answer };
    }
    default:
      return unreachable(event);
  }
};

function counted({ office, entries }: OfficeLoad, changes: readonly LoadEntry[]): OfficeLoad {
  const after = [...entries];
  for (const change of changes) count(after, change);
  return { office, entries: after };
}

/** Adds to the entry of the same team and kind; the entries stay ascending, and none is zero. */
function count(entries: LoadEntry[], change: LoadEntry): void {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareEntries(must(entries[middle], 'a place within the list'), change);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  const found = entries[low];
  const same = found !== undefined && compareEntries(found, change) === 0 ? found : undefined;
  const open = (same?.count ?? 0) + change.count;
  assert(open >= 0, `team ${change.team} would have fewer than no cases of a kind`);
  entries.splice(
    low,
    same === undefined ? 0 : 1,
    ...(open === 0 ? [] : [{ ...change, count: open }]),
  );
}

function choose(
  request: TeamRequested,
  source: SourcePosition,
  by: { readonly load: OfficeLoad; readonly demarcation: Demarcation },
): TeamChosen {
  const loads = loadsOf(by.load, by.demarcation);
  const compared = request.teams
    .map((id): ComparedTeam => {
      const team = must(by.demarcation.teams.get(id), `a request names the unknown team ${id}`);
      return { team: id, load: loads.get(id) ?? 0, minutes: minutesOn(team, request.on) };
    })
    .toSorted(byLoadPerHour);
  const [best, next] = compared;
  const { topic, partition, offset } = source;
  const { product, category, activity } = request;
  return {
    type: 'TeamChosen',
    eventId: `${topic}-${partition}-${offset}-1` as EventId,
    source,
    clientKey: request.clientKey,
    caseId: request.caseId,
    office: request.office,
    ...must(best, 'a request names a team'),
    counted: { product, category, activity },
    compared: compared.length,
    next,
  };
}

/** The weighted open cases of each team that has any, in thousandths. */
export function loadsOf(load: OfficeLoad, { weights }: Demarcation): ReadonlyMap<TeamId, number> {
  const loads = new Map<TeamId, number>();
  for (const entry of load.entries) {
    const weight = entry.count * weightOf(entry, weights);
    loads.set(entry.team, (loads.get(entry.team) ?? 0) + weight);
  }
  return loads;
}

/**
 * Least weighted load per available hour first; where that is the same the team with more hours, then
 * the first by id. Cross-multiplied: whole numbers compare the same everywhere.
 */
export function byLoadPerHour(a: ComparedTeam, b: ComparedTeam): number {
  const difference = a.load * b.minutes - b.load * a.minutes;
  if (difference !== 0) return difference;
  if (a.minutes !== b.minutes) return b.minutes - a.minutes;
  return a.team < b.team ? -1 : 1;
}
