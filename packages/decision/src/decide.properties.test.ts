import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  REASON_PARAMETERS_MAX,
  REASONS_MAX,
  type AssignmentEvent,
  type IntakeEvent,
} from '@smc/domain';
import type { Competence } from './demarcation.ts';
import { explain } from './explain.ts';
import { rulebookOf } from './rulebook.ts';
import { lives, organisations } from './testing/arbitraries.ts';
import { Follower } from './testing/follow.ts';

/** Runs a property over random organisations and lives; what the clients were told is at hand. */
function always(
  holds: (told: {
    readonly follower: Follower;
    readonly inputs: readonly IntakeEvent[];
    readonly perClient: ReadonlyMap<string, readonly AssignmentEvent[]>;
  }) => void,
): void {
  fc.assert(
    fc.property(organisations, lives, (versions, inputs) => {
      const follower = new Follower(rulebookOf(versions));
      takeAll(follower, inputs);
      holds({ follower, inputs, perClient: Map.groupBy(follower.events, (e) => e.clientKey) });
    }),
    { numRuns: 500 },
  );
}

/** Offices answer late: after every third input, and at the end. */
function takeAll(follower: Follower, inputs: readonly IntakeEvent[]): void {
  for (const [i, input] of inputs.entries()) {
    follower.take(input);
    if (i % 3 === 2) follower.deliver();
  }
  follower.deliver();
}

describe('whatever the organisation and whatever happens to the clients', () => {
  test('the same input gives the same bytes', () => {
    fc.assert(
      fc.property(organisations, lives, (versions, inputs) => {
        const run = () => {
          const follower = new Follower(rulebookOf(versions));
          takeAll(follower, inputs);
          return JSON.stringify([follower.events, [...follower.offices]]);
        };
        expect(run()).toBe(run());
      }),
    );
  });

  test('every case gets a team or a work list, each at most once', () => {
    always(({ follower, inputs }) => {
      const registered = new Set(
        inputs.flatMap((input) => (input.type === 'CaseRegistered' ? [input.caseId] : [])),
      );
      const count = (type: string, caseId: string) =>
        follower.events.filter((e) => e.type === type && 'caseId' in e && e.caseId === caseId)
          .length;
      for (const caseId of registered) {
        const [assigned, parked] = [count('CaseAssigned', caseId), count('CaseParked', caseId)];
        expect(assigned).toBeLessThanOrEqual(1);
        expect(parked).toBeLessThanOrEqual(1);
        const isReleased = count('CaseReleased', caseId) === 1;
        // Closed while an office was choosing, a case has neither.
        if (!isReleased) expect(assigned + parked).toBeGreaterThanOrEqual(1);
        expect(count('CaseReleased', caseId)).toBeLessThanOrEqual(1);
      }
    });
  });

  test('within a journey a client changes teams by a handover only', () => {
    always(({ perClient }) => {
      for (const events of perClient.values()) {
        let at: { readonly team: string; readonly journey: number } | undefined;
        for (const event of events) {
          if (event.type === 'ClientHandedOver') {
            expect({ team: event.fromTeam, journey: event.journey }).toEqual(at);
            expect(event.team).not.toBe(event.fromTeam);
            at = { team: event.team, journey: event.journey };
          }
          if (event.type === 'CaseAssigned') {
            if (event.journey === at?.journey) expect(event.team).toBe(at.team);
            else expect(event.journey).toBe((at?.journey ?? 0) + 1);
            at = { team: event.team, journey: event.journey };
          }
        }
      }
    });
  });

  test('a handover takes along exactly the open cases that are with the old team', () => {
    always(({ perClient }) => {
      for (const events of perClient.values()) {
        const open = new Set<string>();
        for (const event of events) {
          if (event.type === 'CaseAssigned') open.add(event.caseId);
          if (event.type === 'CaseReleased') open.delete(event.caseId);
          if (event.type !== 'ClientHandedOver') continue;
          expect(event.cases.map(({ caseId }) => caseId).sort()).toEqual([...open].sort());
        }
      }
    });
  });

  test('a new journey begins only when every case of the last one is closed', () => {
    always(({ perClient }) => {
      for (const events of perClient.values()) {
        const open = new Set<string>();
        let journey = 0;
        for (const event of events) {
          if (event.type === 'CaseReleased') open.delete(event.caseId);
          if (event.type !== 'CaseAssigned') continue;
          if (event.journey > journey) expect([...open]).toEqual([]);
          journey = event.journey;
          open.add(event.caseId);
        }
      }
    });
  });

  test("a client's events are numbered from one without gaps, and each has its own id", () => {
    always(({ follower, perClient }) => {
      for (const [key, events] of perClient) {
        const numbers = events.map(({ clientSequence }) => clientSequence);
        expect(numbers).toEqual(events.map((_, i) => i + 1));
        expect(follower.client(key)?.sequence).toBe(events.length);
      }
      const ids = follower.events.map(({ eventId }) => eventId);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  test('an event that comes again, at once or at the end, changes nothing', () => {
    fc.assert(
      fc.property(organisations, lives, (versions, inputs) => {
        const follower = new Follower(rulebookOf(versions));
        const takenIn: IntakeEvent[] = [];
        const repeat = (input: IntakeEvent) => {
          const before = follower.client(input.clientKey);
          expect(follower.take(input)).toEqual({ ...NOTHING, state: before });
          expect(follower.client(input.clientKey)).toBe(before);
        };
        for (const input of inputs) {
          if ('code' in follower.take(input)) continue;
          takenIn.push(input);
          repeat(input);
        }
        takenIn.forEach(repeat);
      }),
    );
  });

  test('the events of other clients in between make no difference', () => {
    fc.assert(
      fc.property(organisations, lives, (versions, inputs) => {
        const mixed = new Follower(rulebookOf(versions));
        for (const input of inputs) mixed.take(input);
        for (const [key, own] of Map.groupBy(inputs, ({ clientKey }) => clientKey)) {
          const alone = new Follower(rulebookOf(versions));
          for (const input of own) alone.take(input);
          const ofClient = mixed.events.filter(({ clientKey }) => clientKey === key);
          expect(ofClient.map(withoutPosition)).toEqual(alone.events.map(withoutPosition));
          expect(mixed.client(key)).toEqual(alone.client(key));
        }
      }),
    );
  });

  test('an explanation is short and holds neither a postcode nor the client key', () => {
    always(({ follower }) => {
      for (const event of follower.events) {
        if (event.type === 'CaseReleased') continue;
        const { explanation } = event;
        expect(explanation.length).toBeGreaterThan(0);
        expect(explanation.length).toBeLessThanOrEqual(REASONS_MAX);
        for (const { parameters } of explanation) {
          expect(parameters.length).toBeLessThanOrEqual(REASON_PARAMETERS_MAX);
        }
        const text = JSON.stringify([
          explanation,
          explain(explanation, 'nl'),
          explain(explanation, 'en'),
        ]);
        expect(text).not.toMatch(/[0-9]{4} ?[A-Z]{2}\b/);
        expect(text).not.toContain(event.clientKey);
        expect(text).not.toContain('?');
      }
    });
  });
});

const NOTHING = { events: [], toOffices: [], skipped: undefined };
const EVERYTHING: Competence = {
  from: '2020-01-01' as LocalDate,
  laws: 'all',
  products: 'all',
  lines: 'all',
};

test('where every team lasts and handles everything, no client is ever handed over', () => {
  fc.assert(
    fc.property(organisations, lives, ([first], inputs) => {
      if (first === undefined) return;
      const teams = new Map(
        [...first.teams].map(([id, team]) => [
          id,
          { ...team, until: undefined, competences: [EVERYTHING] },
        ]),
      );
      const settings = { ...first.settings, onMove: 'keep-team' } as const;
      const plain = { participatiewet: undefined, specialGroups: [], exclusions: [] };
      const follower = new Follower(rulebookOf([{ ...first, ...plain, settings, teams }]));
      takeAll(follower, inputs);
      expect(follower.events.filter(({ type }) => type === 'ClientHandedOver')).toEqual([]);
    }),
  );
});

/** Where an input stands in the log depends on the other clients; nothing else does. */
function withoutPosition(event: AssignmentEvent) {
  return { ...event, eventId: undefined, source: undefined };
}
