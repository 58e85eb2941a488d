import {
  ACTIVE_DEMARCATIONS_MAX,
  CLOSED_CASES_MAX,
  ELIGIBLE_TEAMS_MAX,
  GROUPS_MAX,
  LOAD_ENTRIES_MAX,
  OPEN_CASES_MAX,
  REASON_PARAMETERS_MAX,
  REASONS_MAX,
  RECENT_EVENTS_MAX,
  type ClientState,
  type Reason,
} from '@smc/domain';
import { DEMARCATION_PARTS_MAX, type WireEvent } from './codec.ts';

/**
 * The array of an event that has more items than its schema allows, by name; undefined where all
 * fit. What a reader would refuse must not be written: a state that can't be read back stops its
 * router. Written out per type, because looking fields up by name costs a third of an encoding.
 */
export function overfullArray(event: WireEvent): string | undefined {
  switch (event.type) {
    case 'CaseRegistered':
    case 'ClientStatusChanged':
      if (event.groups.length > GROUPS_MAX) return 'groups';
      return event.formerGroups.length > GROUPS_MAX ? 'formerGroups' : undefined;
    case 'CaseAssigned':
    case 'CaseParked':
      return overfullExplanation(event.explanation);
    case 'ClientHandedOver':
      if (event.cases.length > OPEN_CASES_MAX) return 'cases';
      return overfullExplanation(event.explanation);
    case 'ClientState':
      return overfullStateArray(event);
    case 'Checkpoint':
      return event.active.length > ACTIVE_DEMARCATIONS_MAX ? 'active' : undefined;
    case 'DemarcationManifest':
      return event.parts.length > DEMARCATION_PARTS_MAX ? 'parts' : undefined;
    case 'TeamRequested':
      return event.teams.length > ELIGIBLE_TEAMS_MAX ? 'teams' : undefined;
    case 'LoadChanged':
      return event.changes.length > LOAD_ENTRIES_MAX ? 'changes' : undefined;
    case 'OfficeLoad':
      return event.entries.length > LOAD_ENTRIES_MAX ? 'entries' : undefined;
    case 'CaseReclassified':
    case 'TeamChosen':
    case 'CommandAnswered':
    case 'CaseClosed':
    case 'ClientMoved':
    case 'CaseReleased':
    case 'Acknowledgement':
    case 'DeadLetter':
    case 'DemarcationActivated':
    case 'DemarcationPart':
      return undefined;
  }
}

export function overfullStateArray(state: ClientState): string | undefined {
  if (state.groups.length > GROUPS_MAX) return 'groups';
  if (state.formerGroups.length > GROUPS_MAX) return 'formerGroups';
  if (state.openCases.length > OPEN_CASES_MAX) return 'openCases';
  if (state.closedCases.length > CLOSED_CASES_MAX) return 'closedCases';
  return state.recentEvents.length > RECENT_EVENTS_MAX ? 'recentEvents' : undefined;
}

function overfullExplanation(explanation: readonly Reason[]): string | undefined {
  if (explanation.length > REASONS_MAX) return 'explanation';
  for (const { parameters } of explanation) {
    if (parameters.length > REASON_PARAMETERS_MAX) return 'explanation.parameters';
  }
  return undefined;
}
