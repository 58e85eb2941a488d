import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { smc } from '../../testing/smc.ts';

const EXAMPLES = path.join(import.meta.dirname, '../../../../capacity/examples');
const folder = mkdtempSync(path.join(tmpdir(), 'smc-capacity-'));
afterAll(() => rmSync(folder, { recursive: true }));

const capacity = (...args: readonly string[]) => smc('capacity', ...args);
/** The words of each line, however wide the columns are. */
const linesOf = (out: string) =>
  out.split('\n').map((line) => line.trim().split(/ {2,}/).join(' | '));

function fileOf(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Every example: the command, its exit code, and lines that must be in its answer. */
const RUNS: readonly (readonly [string, readonly string[], number, readonly string[]])[] = [
  [
    'people.yaml',
    ['shares'],
    0,
    ['Anne | 36 | 90 | 105.525 | 105 | 106', 'sum | 160 | 469 | 469.000 | 469 | 470'],
  ],
  ['people.csv', ['shares'], 0, ['Each quota rounded by itself makes 470: afronding +1.']],
  [
    'people.yaml',
    ['moves', '--new-cases', '50', '--to', '10'],
    0,
    [
      'fair shares | 96 | 105 | 106 | 82 | 106 | 70',
      'band of 5 % | 88 | 102 | 110 | 79 | 110 | 68',
      'band of 10 % | 76 | 97 | 116 | 75 | 116 | 65',
      'band of 15 % | 66 | 93 | 121 | 72 | 121 | 62',
      'band of 20 % | 60 | 90 | 122 | 71 | 126 | 60',
      'band of 25 % | 55 | 90 | 122 | 71 | 131 | 55',
      '50 new cases | 0 | 90 | 122 | 71 | 186 | 50',
      '65 from Julie to Lisette',
    ],
  ],
  [
    'people.yaml',
    ['band'],
    0,
    [
      'Julie | 36 | 186 | 186 | 5.17 | 95-116 | over | 70',
      'Lisette | 24 | 0 | 0 | 0.00 | 64-77 | under | 64',
      'Bob: 122 clients; above 100 a person knows them markedly less (E03)',
      '469 clients: 1,876 contacts a year; active at a time 46.9 (10 %) to 93.8 (20 %)',
    ],
  ],
  [
    'teams.yaml',
    ['band', '--on', '2020-11-01'],
    0,
    [
      'Sanne | 26.5 | 96 | 96 | 3.62 | 78-95 | over | 1',
      'Joris | 36 | 120 | 120 | 3.33 | 101-151 | within | 0',
      'Hilde | 28 | 150 | 69 | 2.46 | 83-100 | under | 14',
      'Sanne: over, clients of running journeys keep their team (B10)',
      'Pim: over, side tasks or exempt days take hours (D05, E21)',
      'Hilde: no longer there from 2021-01-01, in 61 days (C17)',
      'noord-2 | 64 | 270 | 189 | 2.95 | 183-251 | within | 0',
      'spread between teams: 1.22',
    ],
  ],
  [
    'fte.yaml',
    ['fte', '--hours', '30', '--weeks', '42'],
    0,
    ['all | 24.05 | 21.64 | 26.45', 'noord-1 | 0.79 | 0.71 | 0.87'],
  ],
  [
    'fte.csv',
    ['fte', '--hours', '30', '--weeks', '42', '--off', '20'],
    0,
    ['all | 24.05 | 19.24 | 28.86', 'noord-1 | 0.79 | 0.63 | 0.95'],
  ],
  [
    'what-if.yaml',
    ['what-if'],
    0,
    [
      '30-45 | 5.54 | 4.23 | 4.08 | 1.36 | intaker in 46-AOW',
      '46-AOW | 5.54 | 7.06 | 3.06 | 2.30',
      '18-29 | 2.77 | 7.06 | 4.08 | 2.55 | intaker in 46-AOW',
      'nobody | 5.54 | 7.06 | 4.08 | 1.73 | intaker in 46-AOW',
    ],
  ],
  ['peak.yaml', ['peak'], 0, ['peak: split 257.5 hours, merged 133.5 hours: 48 % less']],
  [
    'classes-old.yaml',
    ['classes'],
    1,
    ['gap 41-49: 94 clients; they stay with the regular caseload of the klantmanagers (C04)'],
  ],
  [
    'classes-new.yaml',
    ['classes'],
    0,
    ['18-29 | 133 | studiefinanciering until 30', 'Every age is in one class.'],
  ],
  [
    'check.yaml',
    ['check'],
    1,
    [
      'HOURS_DIFFER | Emmy | 28.0 hours in table 1, 28.0 hours in table 2, 24.0 hours in table 3',
      'SUM_DIFFERS | clients in table 3 | 82 + 122 + 186 + 90 = 480, and 469 is stated: +11',
    ],
  ],
];

test.each(RUNS)('the example %s answers %j', async (file, args, code, expected) => {
  const [name = '', ...options] = args;
  const target = path.join(EXAMPLES, file);
  const text = await capacity(name, target, ...options);
  expect(text.code).toBe(code);
  expect(linesOf(text.out)).toEqual(expect.arrayContaining([...expected]));
  const json = await capacity(name, target, ...options, '--json');
  expect(json.code).toBe(code);
  expect(JSON.parse(json.out)).toBeTypeOf('object');
});

test('every example is run', () => {
  const run = new Set(RUNS.map(([file]) => file));
  expect(readdirSync(EXAMPLES).filter((file) => !run.has(file))).toEqual([]);
});

test.each([
  ['fte', 'FTE = sum of (cases a year x norm minutes)'],
  ['band', 'per hour = load / net hours'],
  ['shares', 'quota   = total x net hours / all net hours'],
  ['moves', 'moves = sum of (now - after)'],
  ['what-if', 'spread   = highest per hour / lowest'],
  ['peak', 'waiting = max(0, waiting before + new cases x norm time - hours)'],
  ['classes', 'Every age of "ages" must lie in one class'],
  ['check', 'Reports, and corrects nothing'],
])('%s --help shows formulas, the input, an example and the exit codes', async (name, formula) => {
  const { code, out } = await capacity(name, '--help');
  expect(code).toBe(0);
  expect(out).toContain(formula);
  expect(out).toContain('Input, YAML');
  expect(out).toContain(`npm run smc -- capacity ${name} packages/capacity/examples/`);
  expect(out).toContain('Exit codes: 0 done, 1 the answer is no');
});

test('a band without a file: from hours to a caseload, and from a caseload to FTE', async () => {
  const flags = ['--per-hour', '2.64-3.22', '--hours', '32', '--clients', '469'];
  const { out } = await capacity('band', ...flags);
  expect(linesOf(out)).toEqual([
    'band 2.64 to 3.22 standard clients per net hour',
    '32 hours: 85 to 103 clients',
    '469 clients: 145.65 to 177.65 net hours a week',
    'that is 4.05 to 4.93 FTE of 36 net hours',
    '',
  ]);
});

test('the JSON of moves holds what was asked, goal by goal', async () => {
  const { out } = await capacity(
    'moves',
    path.join(EXAMPLES, 'people.yaml'),
    '--percent',
    '10',
    '--json',
  );
  expect(JSON.parse(out)).toMatchObject({
    people: [{ name: 'Anne', now: 90 }, {}, {}, {}, {}],
    goals: [
      { id: 'shares', moves: 96, after: [105, 106, 82, 106, 70] },
      { id: '10', moves: 76, after: [97, 116, 75, 116, 65] },
    ],
    to: 'shares',
    moves: [{ from: 'Julie', to: 'Lisette', clients: 70 }, {}, {}, {}],
  });
});

test('whoever is not there on the day takes no part, and that is told', async () => {
  const file = fileOf(
    'ended.csv',
    'name,hours,clients,until\nPieter,36,10,2021-01-01\nBob,36,20,\n',
  );
  const before = await capacity('shares', file, '--on', '2020-12-31');
  expect(linesOf(before.out)).toContain('Pieter | 36 | 10 | 15.000 | 15 | 15');
  const after = await capacity('shares', file, '--on', '2021-01-01');
  expect(after.err).toBe('Not there on 2021-01-01, and left out: Pieter.\n');
  expect(linesOf(after.out)).toContain('sum | 36 | 20 | 20.000 | 20 | 20');
});

test('a band that holds no whole number for somebody is refused with the name', async () => {
  const file = fileOf('narrow.csv', 'name,hours,clients\nAnne,36,100\nBob,1,3\n');
  const { code, out } = await capacity('moves', file, '--percent', '1');
  expect(code).toBe(0);
  expect(linesOf(out)).toContain('band of 1 % | none possible');
  expect(out).toContain('band of 1 %: no whole number of clients lies in the band of Bob');
});

/** Input that is wrong: the command, the file, and the place and words of the problem. */
const WRONG: readonly (readonly [string, string, string, string])[] = [
  [
    'shares',
    'hours.yaml',
    'people:\n  - { name: A, hours: much, clients: 1 }',
    ':2:23 people[0].hours: expected hours from 0 to 168',
  ],
  [
    'shares',
    'third.yaml',
    'people:\n  - { name: A, hours: 33.33, clients: 1 }',
    ':2:23 people[0].hours: expected hours from 0 to 168, in whole minutes',
  ],
  [
    'shares',
    'clients.yaml',
    'people:\n  - { name: A, hours: 36, clients: -1 }',
    ':2:36 people[0].clients: expected a whole number',
  ],
  [
    'shares',
    'field.yaml',
    'people:\n  - { name: A, hours: 36, clients: 1, age: 4 }',
    ':2:44 people[0].age: expected one of name, hours, clients',
  ],
  [
    'shares',
    'missing.yaml',
    'people:\n  - { name: A, hours: 36 }',
    ':2:5 people[0]: expected the field clients',
  ],
  [
    'shares',
    'twice.yaml',
    'people:\n  - { name: A, hours: 36, clients: 1 }\n  - { name: A, hours: 36, clients: 1 }',
    ':3:13 people[1].name: expected a name that is not used above',
  ],
  ['shares', 'empty.yaml', 'people: []', ':1:9 people: expected one person or more'],
  ['shares', 'nothing.yaml', '', ':1:1 : expected something in it'],
  ['shares', 'remarks.yaml', '# nothing yet\n\n', ':1:1 : expected something in it'],
  ['shares', 'list.yaml', '- Anne', ':1:1 : expected a map'],
  ['shares', 'broken.yaml', 'people: [', ':1:'],
  [
    'shares',
    'long.csv',
    `name,hours,clients\n${'A,36,1\n'.repeat(501)}`,
    ':1:1 : expected at most 500 lines below the header',
  ],
  ['fte', 'header-only.csv', 'team,product,cases,minutes\n', ':1:1 : expected lines below'],
  [
    'band',
    'reason.yaml',
    'people:\n  - { name: A, hours: 36, clients: 1, reasons: [WEATHER] }',
    'people[0].reasons[0]: expected one of SIDE_TASKS, ELABORATE_PLANS',
  ],
  [
    'band',
    'tasks.yaml',
    'people:\n  - { name: A, hours: 4, clients: 1, side-tasks: [{ name: x, hours: 5 }] }',
    'people[0].side-tasks: expected no more than the 4 hours of the contract',
  ],
  [
    'band',
    'exempt.yaml',
    'people:\n  - { name: A, hours: 36, clients: 1, exempt: 6 of 5 }',
    'people[0].exempt: expected days of the working week',
  ],
  [
    'band',
    'profile.yaml',
    'people:\n  - { name: A, hours: 36, clients: 1, profile: jeugd }',
    'A: the profile jeugd has no band under "bands"',
  ],
  [
    'band',
    'bands.yaml',
    'people:\n  - { name: A, hours: 36, clients: 1 }\nbands: [{ profile: jeugd, min: 4, max: 3 }]',
    'bands[0].max: expected a number not below min',
  ],
  [
    'moves',
    'header.csv',
    'name,uren,clients\nA,36,1\n',
    ':1:1 hours: expected a header with name, hours, clients, and perhaps team',
  ],
  [
    'moves',
    'cell.csv',
    'name,hours,clients\nA,36,1\nBob,36,many\n',
    ':3:8 clients: expected a whole number from 0 to 100000',
  ],
  [
    'moves',
    'cells.csv',
    'name;hours;clients\nA;36\n',
    ':2:1 : expected 3 values divided by ; and no quotes',
  ],
  ['moves', 'idle.csv', 'name,hours,clients\nA,0,1\n', 'Nobody has hours for clients'],
  ['peak', 'levels.csv', 'name\n', ':1:1 : expected YAML: this input has levels'],
  [
    'peak',
    'weeks.yaml',
    'lines: [{ name: a, hours: 1, minutes-per-case: 1, new-cases: 5 }]',
    'lines[0].new-cases: expected a list',
  ],
  [
    'classes',
    'ages.yaml',
    'ages: 18-AOW\nfilters: x\notherwise: y\nclasses: [{ ages: 26-18 }]',
    ':4:19 classes[0].ages: expected whole years such as 18-26, or 50-AOW',
  ],
  [
    'what-if',
    'extra.yaml',
    'groups: [{ name: a, clients: 1, people: [] }]',
    ': expected the field extra',
  ],
  [
    'check',
    'sums.yaml',
    'sums: [{ what: x, parts: [1, two], stated: 3 }]',
    'sums[0].parts[1]: expected a whole number',
  ],
];

const FTE = ['--hours', '30', '--weeks', '42'];
test.each(WRONG)(
  '%s refuses %s with the place and what was expected',
  async (name, file, text, expected) => {
    const { code, out, err } = await capacity(
      name,
      fileOf(file, text),
      ...(name === 'fte' ? FTE : []),
    );
    expect(code).toBe(2);
    expect(err).toContain(expected);
    expect(out).toBe('');
    expect(err).not.toContain('    at ');
  },
);

const PEOPLE = path.join(EXAMPLES, 'people.yaml');
test.each([
  ['no file', ['shares', '/nowhere.yaml'], 'There is no file /nowhere.yaml.'],
  ['a folder', ['shares', EXAMPLES], 'expected a file of at most'],
  ['a day that is none', ['shares', PEOPLE, '--on', '2020-02-30'], '--on takes a date such as'],
  ['a total that is none', ['shares', PEOPLE, '--total', 'all'], '--total takes a whole number'],
  [
    'a percentage that is none',
    ['moves', PEOPLE, '--percent', '5,x'],
    '--percent takes a whole percentage from 0 to 100; got x',
  ],
  [
    'a goal that is none',
    ['moves', PEOPLE, '--to', '7'],
    '--to takes shares or one of 5,10,15,20,25; got 7',
  ],
  [
    'a band that is none',
    ['band', PEOPLE, '--per-hour', '3-2'],
    '--per-hour takes two numbers per hour',
  ],
  ['nothing to calculate with', ['band'], 'Give a file with people, or --per-hour'],
  ['nothing to calculate', ['band', '--per-hour', '2-3'], 'give --hours, --clients or both'],
  [
    'an FTE of no hours',
    ['band', '--per-hour', '2-3', '--clients', '9', '--fte-hours', '0'],
    '--fte-hours takes hours above 0',
  ],
  [
    'a band from nothing',
    ['band', '--per-hour', '0-3', '--clients', '9'],
    'a band that begins above 0',
  ],
  [
    'a year of no weeks',
    ['fte', path.join(EXAMPLES, 'fte.csv'), '--hours', '30', '--weeks', '0'],
    '--weeks takes a number above 0',
  ],
  [
    'FTE without hours',
    ['fte', path.join(EXAMPLES, 'fte.csv'), '--weeks', '42'],
    "required option '--hours <h>'",
  ],
])('%s ends with 2 and says what was expected', async (_, args, expected) => {
  const { code, err } = await capacity(...args);
  expect(code).toBe(2);
  expect(err).toContain(expected);
});
