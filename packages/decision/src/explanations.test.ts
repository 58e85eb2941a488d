import { expect, test } from 'vitest';
import { must, type OfficeId } from '@smc/domain';
import { readVectors } from '../../../test/vectors/read-vectors.ts';
import { rulebookOf } from './rulebook.ts';
import { Follower } from './testing/follow.ts';
import { FULL_ORGANISATION } from './testing/full-organisation.ts';
import { demarcationOf, SMALL_ORGANISATION } from './testing/small-organisation.ts';
import { eventOf } from './testing/story.ts';

const PARK = { kind: 'park' } as const;
const TO_PLAS = { kind: 'office', office: 'plas' as OfficeId } as const;
const RULEBOOKS = new Map(
  Object.entries({
    small: SMALL_ORGANISATION,
    full: FULL_ORGANISATION,
    'by-address': { ...FULL_ORGANISATION, settings: { onMove: 'by-address' } as const },
    routed: {
      ...FULL_ORGANISATION,
      settings: { routes: { postbus: PARK, foreign: TO_PLAS, secret: PARK, none: PARK } },
    },
  }).map(([name, notes]) => [name, rulebookOf([demarcationOf(notes)])]),
);

test.each(readVectors('explanations.tsv'))('line $line: $behaviour', (row) => {
  const organisation = String(row['organisation']);
  const client = new Follower(must(RULEBOOKS.get(organisation), `organisation ${organisation}`));
  for (const step of String(row['what happens']).split('; ')) {
    const [day = '', ...what] = step.split(' ');
    if (step === 'answers') client.deliver();
    else client.take(eventOf(what.join(' '), day));
  }
  expect(reasonsOf(client)).toBe(row['why']);
});

/** `CODE(value, value) > CODE`, of the last event that has an explanation. */
function reasonsOf({ events }: Follower): string {
  const explained = events.findLast((event) => event.type !== 'CaseReleased');
  return must(explained, 'something was decided')
    .explanation.map(({ code, parameters }) =>
      parameters.length === 0 ? code : `${code}(${parameters.join(', ')})`,
    )
    .join(' > ');
}
