import { describe, expect, test } from 'vitest';
import {
  isClientKey,
  isContentHash,
  isIdentifier,
  isLocalDate,
  must,
  type Brand,
  type LoadEntry,
  type OfficeLoad,
  type TeamRequested,
} from '@smc/domain';
import { CLIENT } from '../testing/intake-events.ts';
import { FULL_ORGANISATION } from '../testing/full-organisation.ts';
import { demarcationOf } from '../testing/small-organisation.ts';
import { byLoadPerHour, decideOffice } from './decide-office.ts';
import { weightOf } from './weight.ts';

const DEMARCATION = demarcationOf(FULL_ORGANISATION);
const id = <Name extends string>(text: string): Brand<string, Name> =>
  must(isIdentifier<Name>(text) ? text : undefined, 'an identifier');
const SOURCE = { topic: 'smc.office-intake', partition: 2, offset: 7 };
const ACTIVE = { product: 'wia-aanvraag', category: undefined, activity: 'active' } as const;

const entry = (team: string, count: number, kind: Partial<LoadEntry> = {}): LoadEntry => ({
  team: id(team),
  ...ACTIVE,
  ...kind,
  count,
});
const loadOf = (...entries: readonly LoadEntry[]): OfficeLoad => ({ office: id('werf'), entries });

const request: TeamRequested = {
  type: 'TeamRequested',
  eventId: id('smc.intake-0-1-o1'),
  source: { topic: 'smc.intake', partition: 0, offset: 1 },
  clientKey: must(isClientKey(CLIENT) ? CLIENT : undefined, 'a client key'),
  caseId: id('case-1'),
  office: id('werf'),
  on: must(isLocalDate('2026-05-01') ? '2026-05-01' : undefined, 'a day'),
  demarcation: DEMARCATION.version,
  demarcationHash: must(
    isContentHash('a'.repeat(64)) ? DEMARCATION.contentHash : undefined,
    'a hash',
  ),
  ...ACTIVE,
  teams: [id('werf-1'), id('werf-2')],
};

const changed = (...changes: readonly LoadEntry[]) => ({
  type: 'LoadChanged' as const,
  eventId: id<'EventId'>('smc.intake-0-2-o1'),
  source: { topic: 'smc.intake', partition: 0, offset: 2 },
  office: id<'OfficeId'>('werf'),
  changes,
});

describe('an office that is asked for a team', () => {
  const choose = (load: OfficeLoad | undefined) =>
    decideOffice({ event: request, source: SOURCE }, load, DEMARCATION);

  test('chooses the team with the least load per hour and says what it compared', () => {
    const { answer } = choose(loadOf(entry('werf-1', 4), entry('werf-2', 2)));

    // 4 cases on 36 hours are 0.111 an hour, 2 cases on 24 hours 0.083.
    expect(answer).toEqual({
      type: 'TeamChosen',
      eventId: 'smc.office-intake-2-7-1',
      source: SOURCE,
      clientKey: CLIENT,
      caseId: 'case-1',
      office: 'werf',
      team: 'werf-2',
      load: 2000,
      minutes: 1440,
      counted: ACTIVE,
      compared: 2,
      next: { team: 'werf-1', load: 4000, minutes: 2160 },
    });
  });

  test('counts the case for the chosen team at once', () => {
    const { load } = choose(loadOf(entry('werf-1', 4), entry('werf-2', 2)));
    expect(load).toEqual(loadOf(entry('werf-1', 4), entry('werf-2', 3)));
  });

  test('takes the team with more hours where the load per hour is the same', () => {
    expect(choose(loadOf(entry('werf-1', 3), entry('werf-2', 2))).answer?.team).toBe('werf-1');
    expect(choose(undefined).answer?.team).toBe('werf-1');
  });

  test('weighs cases by product, client group and activity, not by their number', () => {
    const reassessments = entry('werf-2', 3, { product: 'herbeoordeling' });
    // Three halves on 24 hours are 0.0625 an hour, three cases on 36 hours 0.0833.
    expect(choose(loadOf(entry('werf-1', 3), reassessments)).answer).toMatchObject({
      team: 'werf-2',
      load: 1500,
    });
    const idle = entry('werf-2', 5, { activity: 'idle', category: 'zorg' });
    expect(choose(loadOf(entry('werf-1', 1), idle)).answer).toMatchObject({
      team: 'werf-2',
      load: 625,
    });
  });

  test('names no next team where only one was eligible', () => {
    const alone = { ...request, teams: [id<'TeamId'>('werf-2')] };
    const { answer } = decideOffice({ event: alone, source: SOURCE }, undefined, DEMARCATION);
    expect(answer).toMatchObject({ team: 'werf-2', compared: 1, next: undefined });
  });
});

test('of teams that are the same in all the first by name goes first', () => {
  const teams = ['c', 'a', 'b'].map((team) => ({ team: id<'TeamId'>(team), load: 5, minutes: 60 }));
  expect(teams.toSorted(byLoadPerHour).map(({ team }) => team)).toEqual(['a', 'b', 'c']);
});

describe('an office that is told of its load', () => {
  const tell = (load: OfficeLoad | undefined, ...changes: readonly LoadEntry[]) =>
    decideOffice({ event: changed(...changes), source: SOURCE }, load, undefined);

  test('adds, in order, and answers nothing', () => {
    const more = entry('werf-2', 2, { category: 'zorg' });
    expect(tell(loadOf(entry('werf-2', 1)), more, entry('werf-1', 1))).toEqual({
      load: loadOf(entry('werf-1', 1), entry('werf-2', 1), more),
      answer: undefined,
    });
  });

  test('forgets a kind that comes to nothing', () => {
    expect(tell(loadOf(entry('werf-1', 1)), entry('werf-1', -1)).load).toEqual(loadOf());
  });

  test('takes a count below zero for a bug', () => {
    expect(() => tell(loadOf(entry('werf-1', 1)), entry('werf-1', -2))).toThrow('werf-1');
    expect(() => tell(undefined, entry('werf-1', -1))).toThrow('fewer than no cases');
  });
});

test('weights are rounded half up at each step', () => {
  const { weights } = DEMARCATION;
  const odd = { ...weights, products: new Map([['x', 333]]), idle: 250 };
  const kind = { product: 'x', category: 'zorg', activity: 'idle' } as const;
  // 333 x 500 = 166.5 -> 167; 167 x 250 = 41.75 -> 42.
  expect(weightOf(kind, odd)).toBe(42);
  expect(weightOf({ ...kind, category: undefined, activity: 'active' }, odd)).toBe(333);
  expect(weightOf({ ...kind, product: 'other', category: 'other' }, odd)).toBe(250);
});
