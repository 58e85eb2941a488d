/** What must hold in the random organisations that the differential test runs in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must, type AssignmentEvent, type Basis, type IntakeEvent } from '@smc/domain';
import type { Demarcation } from './demarcation.ts';
import { rulebookOf } from './rulebook.ts';
import { Follower } from './testing/follow.ts';
import { caseRegistered } from './testing/intake-events.ts';
import { lives, type Step } from './testing/naive/random-life.ts';
import { organisations } from './testing/naive/random-organisation.ts';
import { GROUPS } from './testing/naive/random-rules.ts';

const DAY = '2026-03-01';

/** What clients are told; offices answer at once. */
function toldOf(versions: readonly Demarcation[], inputs: readonly IntakeEvent[]) {
  const router = new Follower(rulebookOf(versions));
  for (const input of inputs) {
    router.take(input);
    router.deliver();
  }
  return router.events;
}

const inputsOf = (steps: readonly Step[]) =>
  steps.flatMap((step) => (step.kind === 'input' ? [step.event] : []));

/** The same organisation without the one basis by which clients depend on each other. */
function withoutWorkload(version: Demarcation): Demarcation {
  const other = (basis: Basis): Basis => (basis === 'workload' ? 'postcode' : basis);
  const offices = new Map(
    [...version.offices].map(([id, office]) => {
      const bases = office.bases.map(({ from, basis }) => ({ from, basis: other(basis) }));
      return [id, { ...office, bases }];
    }),
  );
  return { ...version, offices };
}

describe('in any valid organisation', () => {
  test('every case is assigned or parked, once its office has answered', () => {
    fc.assert(
      fc.property(organisations, lives(40), (versions, steps) => {
        const inputs = inputsOf(steps);
        const told = toldOf(versions, inputs);
        const answered = new Set(
          told.flatMap((event) => ('caseId' in event ? [event.caseId] : [])),
        );
        for (const input of inputs) {
          if (input.type === 'CaseRegistered') expect(answered).toContain(input.caseId);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('where no office divides by workload, the order of different clients means nothing', () => {
    fc.assert(
      fc.property(organisations, lives(40), (versions, steps) => {
        const plain = versions.map(withoutWorkload);
        const mixed = inputsOf(steps);
        const oneByOne = [...Map.groupBy(mixed, ({ clientKey }) => clientKey).values()].reverse();
        const told = perClient(toldOf(plain, mixed));
        expect(perClient(toldOf(plain, oneByOne.flat()))).toEqual(told);
      }),
      { numRuns: 200 },
    );
  });

  test('of PW, group and exclusion the one that the document puts first decides a first case', () => {
    const of = {
      participatiewet: ['participatiewet', 'PARTICIPATIEWET_UNDECIDED', 'NO_TEAM_FOR_CASE'],
      group: ['group', 'GROUP_UNDECIDED', 'GROUPS_CONTRADICT', 'NO_TEAM_FOR_CASE'],
      exclusion: ['exclusion', 'EXCLUDED', 'NO_TEAM_FOR_CASE'],
    };
    fc.assert(
      fc.property(organisations, fc.subarray(GROUPS), fc.boolean(), ([version], groups, pw) => {
        const { settings, ...rules } = must(version, 'there is a first version');
        const applies = {
          participatiewet: pw,
          group: rules.specialGroups.some(({ group }) => groups.includes(group)),
          exclusion: rules.exclusions.some(
            ({ group, until }) => groups.includes(group) && (until === undefined || until > DAY),
          ),
        };
        const first = settings.precedence.find(
          (rule) => rule !== 'journey' && rule !== 'area' && applies[rule],
        );
        if (first === undefined || first === 'journey' || first === 'area') return;
        const input = caseRegistered({
          on: DAY,
          caseId: 'a',
          address: '1000 AA',
          participatiewet: pw,
          groups,
        });
        const [event] = toldOf([{ settings, ...rules }], [input]);
        expect(of[first]).toContain(outcomeOf(must(event, 'the case is answered')));
      }),
      { numRuns: 500 },
    );
  });
});

function outcomeOf(event: AssignmentEvent): string {
  if (event.type === 'CaseAssigned') return event.rule;
  return event.type === 'CaseParked' ? event.code : event.type;
}

/** Where an input stands in the log depends on the other clients; nothing else does. */
function perClient(events: readonly AssignmentEvent[]) {
  const bare = events.map((event) => ({ ...event, eventId: undefined, source: undefined }));
  return new Map(
    [...Map.groupBy(bare, ({ clientKey }) => clientKey)].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
