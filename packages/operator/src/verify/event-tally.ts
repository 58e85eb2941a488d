import type { AssignmentEvent, CaseId, ClientKey, IntakeEvent, TeamId } from '@smc/domain';
import type { Findings } from './findings.ts';

export type Counts = {
  /** Valid registrations, repeats of a case left out. */
  readonly cases: number;
  readonly assigned: number;
  /** Parked and not placed since. */
  readonly parked: number;
  /** Closed while an office was choosing a team: assigned to none. */
  readonly closedUnplaced: number;
  readonly released: number;
  readonly handedOver: number;
  readonly refused: number;
  readonly repeated: number;
  readonly clientsWithTwoTeams: number;
};

type ClientView = {
  sequence: number;
  journey: number;
  team: TeamId | undefined;
  twoTeams: boolean;
};

/**
 * Counts from the events alone, without deciding anything: one team per client, sequence 1, 2, 3
 * without a gap, each case assigned once and parked at most once. An error of the decision itself,
 * which deciding again would repeat, can't hide here.
 */
export class EventTally {
  readonly #findings: Findings;
  readonly #clients = new Map<ClientKey, ClientView>();
  readonly #cases = new Map<CaseId, 'registered' | 'parked' | 'assigned' | 'closed'>();
  #released = 0;
  #handedOver = 0;
  #refused = 0;
  #repeated = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  input(event: IntakeEvent): void {
    if (event.type !== 'CaseRegistered') return;
    if (this.#cases.has(event.caseId)) this.#repeated++;
    else this.#cases.set(event.caseId, 'registered');
  }

  /** The record just counted was refused: its case does not exist. */
  refused(event: IntakeEvent | undefined): void {
    this.#refused++;
    if (event?.type === 'CaseRegistered' && this.#cases.get(event.caseId) === 'registered') {
      this.#cases.delete(event.caseId);
    }
  }

  event(event: AssignmentEvent, where: string): void {
    const client = this.#clientOf(event.clientKey);
    if (event.clientSequence !== client.sequence + 1) {
      const what = `event ${event.clientSequence} of a client follows ${client.sequence}`;
      this.#findings.add('SEQUENCE_BROKEN', where, what);
    }
    client.sequence = event.clientSequence;
    switch (event.type) {
      case 'CaseAssigned':
        this.#assigned(event.caseId, where);
        // A new journey may begin in another team; a running one may not change it.
        if (event.journey > client.journey) client.team = undefined;
        client.journey = event.journey;
        this.#inTeam(client, client.team ?? event.team, event.team, where);
        return;
      case 'ClientHandedOver':
        this.#handedOver++;
        this.#inTeam(client, client.team, event.fromTeam, where);
        client.team = event.team;
        return;
      case 'CaseParked':
        this.#parked(event.caseId, where);
        return;
      case 'CaseReleased':
        this.#released++;
        // It was closed while an office was choosing a team for it.
        if (this.#cases.get(event.caseId) === 'registered') this.#cases.set(event.caseId, 'closed');
        return;
    }
  }

  counts(): Counts {
    const states = [...this.#cases.values()];
    return {
      cases: states.length,
      assigned: states.filter((state) => state === 'assigned').length,
      parked: states.filter((state) => state === 'parked').length,
      closedUnplaced: states.filter((state) => state === 'closed').length,
      released: this.#released,
      handedOver: this.#handedOver,
      refused: this.#refused,
      repeated: this.#repeated,
      clientsWithTwoTeams: [...this.#clients.values()].filter((c) => c.twoTeams).length,
    };
  }

  /** Cases that were registered and of which nothing was said since. */
  silent(): readonly CaseId[] {
    return [...this.#cases].filter(([, state]) => state === 'registered').map(([caseId]) => caseId);
  }

  #assigned(caseId: CaseId, where: string): void {
    const known = this.#cases.get(caseId);
    if (known === 'assigned') this.#findings.add('DUPLICATED', where, `case ${caseId} again`);
    this.#cases.set(caseId, 'assigned');
  }

  #parked(caseId: CaseId, where: string): void {
    const known = this.#cases.get(caseId);
    if (known !== 'registered') this.#findings.add('DUPLICATED', where, `case ${caseId} again`);
    this.#cases.set(caseId, 'parked');
  }

  #inTeam(client: ClientView, known: TeamId | undefined, now: TeamId, where: string): void {
    if (known !== now) {
      client.twoTeams = true;
      this.#findings.add('TWO_TEAMS', where, `the client was with ${known}, this says ${now}`);
    }
    client.team = now;
  }

  #clientOf(key: ClientKey): ClientView {
    let client = this.#clients.get(key);
    if (client === undefined) {
      client = { sequence: 0, journey: 0, team: undefined, twoTeams: false };
      this.#clients.set(key, client);
    }
    return client;
  }
}
