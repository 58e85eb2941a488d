import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import type { Form } from './form.ts';
import { OFFICE } from './office-form.ts';
import { ORGANISATION } from './organisation-form.ts';
import { formatProblem, Problems } from './problem.ts';
import { parseYaml } from './yaml-cursor.ts';
import { FULL_FILES } from './testing/full-folder.ts';
import { SMALL_FILES } from './testing/small-folder.ts';

function read<T>(form: Form<T>, text: string): T {
  const problems = new Problems();
  const value = form.read(parseYaml('file', text, problems));
  if (value === undefined || !problems.isEmpty) {
    throw new Error(problems.list.map(formatProblem).join('\n'));
  }
  return value;
}

const again = <T>(form: Form<T>, value: T): T =>
  read(form, canonicalJson(form.write(value)).toString());

test.each([SMALL_FILES, FULL_FILES])('what is written is read back the same', (files) => {
  for (const [file, text] of Object.entries(files)) {
    if (file === 'demarcation.yaml') {
      const organisation = read(ORGANISATION, text);
      expect(again(ORGANISATION, organisation)).toEqual(organisation);
    } else if (file.startsWith('offices/')) {
      const office = read(OFFICE, text);
      expect(again(OFFICE, office)).toEqual(office);
    }
  }
});

test('hours are written as people do and held as what is left for cases, in minutes', () => {
  const office = read(OFFICE, FULL_FILES['offices/dom.yaml'] ?? '');

  expect(office.teams[0]?.capacity.map(({ role, minutes }) => [role, minutes])).toEqual([
    // 36 h less one day of five: 28.8 h (E21).
    ['verzekeringsarts', 1728],
    // 28.8 h less half a day of five and 4.5 h of werkintakes: 21.42 h.
    ['jobcoach', 1285],
  ]);
});

test('what a team may handle is written short, as one competence from its first day, or by date', () => {
  const office = read(OFFICE, FULL_FILES['offices/dom.yaml'] ?? '');

  expect(office.teams.slice(0, 2).map((team) => team.competences)).toEqual([
    [{ from: '2020-01-01', laws: 'all', products: 'all', lines: 'all' }],
    [
      { from: '2020-01-01', laws: ['ZW', 'PW'], products: 'all', lines: 'all' },
      { from: '2025-07-01', laws: 'all', products: 'all', lines: 'all' },
    ],
  ]);
});

const TEAM = `id: x
name: X
district: d
bases: []
teams:
  - id: x-1
    name: X 1
    from: 2020-01-01
`;

test.each([
  ['neither laws nor competences', '', '6:5 teams[0]: expected the fields laws and products'],
  [
    'both laws and competences',
    `    laws: all
    products: all
    competences:
      - { from: 2020-01-01, laws: all, products: all }
`,
    '6:5 teams[0]: expected either competences, or laws, products and lines',
  ],
  [
    'hours that are no whole number of minutes',
    `    laws: all
    products: all
    capacity: [{ from: 2020-01-01, role: arts, hours: 33.33 }]
`,
    '11:55 teams[0].capacity[0].hours: expected hours a week such as 36',
  ],
  [
    'six days of a week of five',
    `    laws: all
    products: all
    capacity: [{ from: 2020-01-01, role: arts, hours: 36, exemptDays: 6 }]
`,
    '11:71 teams[0].capacity[0].exemptDays: expected days of the week such as 1 or 0.5',
  ],
])('%s is refused', (_, lines, expected) => {
  expect(() => read(OFFICE, TEAM + lines)).toThrow(expected);
});

test.each([
  ['a rule is missing', '[participatiewet, group, journey, area]'],
  ['a rule stands twice', '[group, group, journey, exclusion, area]'],
  ['area is not the last', '[participatiewet, group, journey, area, exclusion]'],
])('the precedence is refused when %s', (_, precedence) => {
  const text = (SMALL_FILES['demarcation.yaml'] ?? '').replace(
    'settings:',
    `settings:\n  precedence: ${precedence}`,
  );
  expect(() => read(ORGANISATION, text)).toThrow(
    'settings.precedence: expected each of participatiewet, group, journey, exclusion, area once',
  );
});
