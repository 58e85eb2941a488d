/** What the decision gives, without what the naive one leaves out: to be compared with it. */
import { unreachable, type AssignmentEvent, type ClientState, type OfficeEvent } from '@smc/domain';
import type { Message, NaiveClient, Outcome } from './model.ts';

export function outcomeOf(event: AssignmentEvent): Outcome {
  const sequence = event.clientSequence;
  if (event.type === 'CaseReleased') {
    const { type, caseId, team, office, closedOn } = event;
    return { type, sequence, caseId, team, office, closedOn };
  }
  const told = { sequence, effectiveOn: event.effectiveOn };
  switch (event.type) {
    case 'CaseAssigned': {
      const {
        type,
        demarcation: version,
        caseId,
        team,
        office,
        rule,
        basis,
        line,
        journey,
      } = event;
      return { type, ...told, version, caseId, team, office, rule, basis, line, journey };
    }
    case 'ClientHandedOver': {
      const { type, demarcation: version, fromTeam, fromOffice, team, office, cause } = event;
      const { journey } = event;
      const cases = event.cases.map(({ caseId }) => caseId);
      const from = { fromTeam, fromOffice };
      return { type, ...told, version, ...from, team, office, cause, journey, cases };
    }
    case 'CaseParked': {
      const { type, demarcation: version, caseId, code, office } = event;
      return { type, ...told, version, caseId, code, office };
    }
    default:
      return unreachable(event);
  }
}

export function messageOf(event: OfficeEvent): Message {
  if (event.type === 'LoadChanged') {
    const { type, office, changes } = event;
    return { type, office, changes };
  }
  const { type, clientKey, caseId, office, on, demarcation: version, teams } = event;
  const { product, category, activity } = event;
  return { type, clientKey, caseId, office, on, version, teams, product, category, activity };
}

/** What of a client's state the next outcome depends on, as a text. */
export function stateAsText(client: ClientState | NaiveClient | undefined): string {
  if (client === undefined) return 'unknown';
  const cases = 'open' in client ? client.open : client.openCases;
  const closed = 'closed' in client ? client.closed : client.closedCases;
  const { team, office, journey, allClosedOn, sequence, addressKind, postcode } = client;
  const { participatiewet, participatiewetEndedOn, groups, formerGroups } = client;
  const decided = { team, office, journey, allClosedOn, sequence };
  const facts = { addressKind, postcode, participatiewet, participatiewetEndedOn };
  const open = cases.map((one) => {
    const { caseId, employment, category, activity, parked, awaiting } = one;
    return { caseId, employment, category, activity, parked, awaiting };
  });
  return JSON.stringify({ ...decided, ...facts, groups, formerGroups, open, closed });
}
