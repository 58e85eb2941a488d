import { expect, test } from 'vitest';
import { rulebookOf } from '@smc/decision';
import { FULL_ORGANISATION } from '@smc/decision/testing/full-organisation';
import { Follower } from '@smc/decision/testing/follow';
import { demarcationOf } from '@smc/decision/testing/small-organisation';
import { eventOf } from '@smc/decision/testing/story';
import { STORIES, StoryPicker } from './stories.ts';

test('one case of each story is found among all that happens, in the order of the list', () => {
  const follower = new Follower(rulebookOf([demarcationOf(FULL_ORGANISATION)]));
  const steps = [
    ['2026-01-10', 'case a1 secret client=a'],
    ['2026-01-10', 'case b1 1310AA WIA wia-aanvraag client=b was=military'],
    ['2026-01-10', 'case c1 3510AA ZW zw-beoordeling pw client=c'],
    ['2026-02-10', 'status client=c'],
    ['2026-02-12', 'case c2 3510AA ZW zw-beoordeling client=c'],
    ['2026-02-13', 'case d1 3010AA client=d'],
    ['2026-02-13', 'case e1 1310AA client=e'],
    ['2026-02-13', 'case f1 3510AA client=f'],
    ['2026-02-14', 'move 1310AA client=f'],
    ['2026-02-15', 'case f2 1310AA client=f'],
  ] as const;
  for (const [day, what] of steps) follower.take(eventOf(what, day));
  follower.deliver();

  const picker = new StoryPicker();
  for (const event of follower.events) picker.take(event);

  expect(picker.told.map(({ story }) => story)).toEqual(STORIES);
  expect(picker.told.map(({ event }) => event.caseId)).toEqual([
    'f1',
    'e1',
    'd1',
    'c1',
    'c2',
    'b1',
    'f2',
    'a1',
  ]);
});
