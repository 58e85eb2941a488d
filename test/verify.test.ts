/** `smc verify` finds what is wrong: a good log is damaged in one place, and that is found. */
import { beforeAll, describe, expect, test } from 'vitest';
import { must, TOPICS, type CaseAssigned, type OfficeLoad, type TeamId } from '@smc/domain';
import type { WireEventOf, WireType } from '@smc/events';
import type { LogRecord } from '@smc/log';
import { damaged, nth, type Damage } from './damaged-log.ts';
import { lives } from './lives.ts';
import { createHarness, organisation, type Harness } from './router-harness.ts';
import { workloadOrganisation } from './workload-organisation.ts';

const VERSION = workloadOrganisation();
let harness: Harness | undefined;
const it = () => must(harness, 'it was made');

beforeAll(async () => {
  const made = await createHarness(VERSION);
  await made.activate();
  const router = await made.startRouter('router-1');
  for (const topic of [TOPICS.intake, TOPICS.commands, TOPICS.officeIntake]) {
    await made.publishRaw({ topic, value: Buffer.from('nonsense') });
  }
  await made.publish(lives(1, 400, 60));
  expect(await made.settled()).toMatchObject({ clean: true, refused: 1, offices: 2 });
  await router.stop();
  harness = made;
});

const isA = (type: WireType) => (record: LogRecord) =>
  it().codec.decode(record.value, [type]).ok === true;
const on = (topic: string) => (record: LogRecord) => record.topic === topic;
const isLetterOf = (topic: string) => (record: LogRecord) =>
  readAs(record, 'DeadLetter')?.source.topic === topic;
const GONE: Damage = () => [];
const TWICE: Damage = (record) => [record, record];

function readAs<T extends WireType>(record: LogRecord, type: T): WireEventOf<T> | undefined {
  const decoded = it().codec.decode(record.value, [type]);
  return decoded.ok === true ? decoded.value : undefined;
}

/** The record with another event in it. */
function changed<T extends WireType>(
  type: T,
  change: (event: WireEventOf<T>) => WireEventOf<T>,
): Damage {
  return (record) => {
    const event = must(readAs(record, type), `a ${type}`);
    return [{ ...record, value: it().codec.encode(change(event)) }];
  };
}

/** Damages all records that fit. */
function every(fits: (record: LogRecord) => boolean, damage: Damage): Damage {
  return (record) => (fits(record) ? damage(record) : [record]);
}

const teamBySequence = (event: CaseAssigned): CaseAssigned => ({
  ...event,
  team: event.clientSequence % 2 === 0 ? OTHER_TEAM : event.team,
});
const OTHER_TEAM = 'rijn-3' as TeamId;
const oneMore = <T extends OfficeLoad>(load: T): T => ({
  ...load,
  entries: load.entries.map((entry) => ({ ...entry, count: entry.count + 1 })),
});

describe('damage in one place is found', () => {
  test.for<[what: string, damage: () => Damage, code: string]>([
    ['an assignment is gone', () => nth(5, isA('CaseAssigned'), GONE), 'LOST'],
    ['an assignment stands there twice', () => nth(5, isA('CaseAssigned'), TWICE), 'DUPLICATED'],
    [
      'an assignment names another team',
      () =>
        nth(
          5,
          isA('CaseAssigned'),
          changed('CaseAssigned', (e) => ({ ...e, team: OTHER_TEAM })),
        ),
      'DIFFERENT',
    ],
    [
      'a client is with two teams',
      () => every(isA('CaseAssigned'), changed('CaseAssigned', teamBySequence)),
      'TWO_TEAMS',
    ],
    ['a case of intake is gone', () => nth(5, isA('CaseRegistered'), GONE), 'DUPLICATED'],
    ['a question to an office is gone', () => nth(5, isA('TeamRequested'), GONE), 'LOST'],
    ['a question is asked twice', () => nth(5, isA('TeamRequested'), TWICE), 'DUPLICATED'],
    ['no change of load is told', () => every(isA('LoadChanged'), GONE), 'LOST'],
    [
      'a change of load tells another count',
      () =>
        nth(
          5,
          isA('LoadChanged'),
          changed('LoadChanged', (e) => ({
            ...e,
            changes: e.changes.map((entry) => ({ ...entry, count: entry.count + 1 })),
          })),
        ),
      'DIFFERENT',
    ],
    ['a question has no answer', () => nth(5, isA('TeamChosen'), GONE), 'LOST'],
    ['a question has two answers', () => nth(5, isA('TeamChosen'), TWICE), 'DUPLICATED'],
    [
      'an office chose another team',
      () =>
        nth(
          5,
          isA('TeamChosen'),
          changed('TeamChosen', (e) => ({ ...e, team: OTHER_TEAM })),
        ),
      'DIFFERENT',
    ],
    ['what became of a command is gone', () => nth(9, isA('CommandAnswered'), GONE), 'LOST'],
    ['a command is answered twice', () => nth(9, isA('CommandAnswered'), TWICE), 'DUPLICATED'],
    [
      'a command is said to have been refused',
      () =>
        nth(
          9,
          isA('CommandAnswered'),
          changed('CommandAnswered', (e) => ({ ...e, outcome: 'refused' })),
        ),
      'DIFFERENT',
    ],
    [
      'an office counts one more',
      () => every(isA('OfficeLoad'), changed('OfficeLoad', oneMore)),
      'COUNTERS_DIFFER',
    ],
    ['the counters are gone', () => every(isA('OfficeLoad'), GONE), 'COUNTERS_DIFFER'],
    [
      'the clients have no cases',
      () =>
        every(
          isA('ClientState'),
          changed('ClientState', (e) => ({ ...e, openCases: [] })),
        ),
      'STATE_DIFFERS',
    ],
    [
      'the dead letter of a case is gone',
      () => every(isLetterOf(TOPICS.intake), GONE),
      'DEAD_LETTER_MISSING',
    ],
    [
      'the dead letter of a command is gone',
      () => every(isLetterOf(TOPICS.commands), GONE),
      'DEAD_LETTER_MISSING',
    ],
    [
      'the dead letter of a question is gone',
      () => every(isLetterOf(TOPICS.officeIntake), GONE),
      'DEAD_LETTER_MISSING',
    ],
    [
      'a dead letter stands there twice',
      () => every(isA('DeadLetter'), TWICE),
      'DEAD_LETTER_UNEXPECTED',
    ],
  ])('%s', async ([, damage, code]) => {
    const { clean, findingCounts } = await it().verify(damaged(it().log, damage()));
    expect(clean).toBe(false);
    expect(findingCounts).toHaveProperty(code);
  });
});

test('a version that is no longer there in full is found', async () => {
  it().forget(VERSION);
  const { clean, findingCounts } = await it().verify();
  it().remember(VERSION);
  expect(clean).toBe(false);
  expect(findingCounts).toHaveProperty('DEMARCATION_MISSING');
});

test('the log that was damaged for these tests is clean', async () => {
  expect(await it().verify(damaged(it().log, (record) => [record]))).toMatchObject({ clean: true });
});

test('a log of routers that did not answer commands yet is proved all the same', async () => {
  const made = await createHarness();
  await made.activate();
  const router = await made.startRouter('router-1');
  await made.publish(lives(1, 200, 40));
  await made.settled();
  await made.activate(organisation('2026-02'));
  await made.publish(lives(2, 200, 40));
  expect(await made.settled()).toMatchObject({ clean: true });
  await router.stop();

  const older = damaged(made.log, every(on(TOPICS.commandAnswers), GONE));
  expect(await made.verify(older)).toMatchObject({ clean: true, findings: [] });
  const damage = nth(300, on(TOPICS.assignments), GONE);
  const { findingCounts } = await made.verify(damaged(older, damage));
  expect(findingCounts).toHaveProperty('LOST');
});
