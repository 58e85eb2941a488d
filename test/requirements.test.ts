import { expect, test } from 'vitest';
import { readKnownTests, titlesIn } from './requirements/known-tests.ts';
import { isNamed } from './requirements/test-name.ts';
import { readRequirements, REQUIREMENT_IDS } from './requirements/table.ts';

const REQUIREMENTS = readRequirements();
const known = readKnownTests();
const placeOf = ({ line, id }: { readonly line: number; readonly id: string }) =>
  `requirements.tsv:${line} ${id}`;

test('154 requirements and 25 numbers have one line each, in order', () => {
  expect(REQUIREMENT_IDS).toHaveLength(154 + 25);
  expect(REQUIREMENTS.map(({ id }) => id)).toEqual(REQUIREMENT_IDS);
});

test('each line says where the requirement stands, what it asks, and how it is met or why not', () => {
  const silent = REQUIREMENTS.filter(
    ({ source, asks, how }) => !source.includes(', ') || ![asks, how].every(isText),
  );
  expect(silent.map(placeOf)).toEqual([]);
});

test('what is met names a test that shows it', () => {
  const unproved = REQUIREMENTS.filter(({ state, tests }) => state === 'met' && tests.length === 0);
  expect(unproved.map(placeOf)).toEqual([]);
});

test('every test that is named exists, and is one', () => {
  const problems = REQUIREMENTS.flatMap((requirement) =>
    requirement.tests.flatMap((name) => {
      const problem = known.problemWith(name);
      return problem === undefined ? [] : [`${placeOf(requirement)} ${name}: ${problem}`];
    }),
  );
  expect(problems).toEqual([]);
});

test('a name that no test has, or that a table does not hold, is found out', () => {
  expect(known.problemWith('nobody tests this')).toBe('no test has this title');
  expect(known.problemWith('B14-ZW-ONLY: a team takes only cake')).toBe('no test has this title');
  expect(known.problemWith('the example peak.yaml answers ["cake"]')).toBe(
    'no test has this title',
  );
  expect(known.problemWith('journey.tsv: nobody moves')).toBe('journey.tsv has no such row');
  expect(known.problemWith('journey.tsv: a move keeps the team')).toBeUndefined();
});

test('titles are read however a test is written', () => {
  const text = `
    test('one', () => {});
    it("it's \\'two\\'", async () => {});
    test.each<Row>([['a', f(1)], ['b', g(2)]])('three %s of $name', (row) => {});
    test.skipIf(missing)(\`four\`, () => {});
    describe('five', () => pattern.test('six'));
  `;
  expect(titlesIn(text)).toEqual(['one', "it's 'two'", 'three %s of $name', 'four']);
});

test('a name means the test that ran, whichever way it is written', () => {
  const ran = { title: 'line 12: a move keeps the team', groups: ['journey.tsv'] };
  expect(isNamed('journey.tsv: a move keeps the team', ran)).toBe(true);
  expect(isNamed('shares.tsv: a move keeps the team', ran)).toBe(false);
  expect(isNamed('line %i: a move $verb the team', ran)).toBe(true);
  expect(isNamed('a move keeps the team', ran)).toBe(false);
});

const isText = (text: string) => /^\S.{9,}\.$/.test(text);
