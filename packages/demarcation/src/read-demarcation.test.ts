import { expect, test } from 'vitest';
import { formatProblem } from './problem.ts';
import { readDemarcation } from './read-demarcation.ts';
import { DOM, ORGANISATION, PLAS, POSTCODES, smallFolder } from './testing/small-folder.ts';

async function problemsOf(changed: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await using folder = await smallFolder(changed);
  const read = await readDemarcation(folder.path);
  return read.ok ? [] : read.refusal.map(formatProblem);
}

test('a valid folder is read in full', async () => {
  await using folder = await smallFolder();

  const read = await readDemarcation(folder.path);

  if (!read.ok) throw new Error(read.refusal.map(formatProblem).join('\n'));
  const { organisation, offices, postcodes } = read.value;
  expect(organisation).toMatchObject({ version: '2026-01', decisionReference: 'RvB 23-245' });
  expect(organisation.settings.routes.foreign).toEqual({ kind: 'office', office: 'plas' });
  expect(offices.map((office) => office.id)).toEqual(['dom', 'plas']);
  expect(offices[0]?.teams[1]?.postcodes).toEqual([
    { from: '3000AA', to: '4999ZZ', precision: 'pc4' },
    { from: '9011AA', to: '9011AC', precision: 'pc6' },
  ]);
  expect(postcodes).toHaveLength(9_003);
  expect(postcodes.find((entry) => entry.postcode === '9011AB')?.area.office).toBe('dom');
});

test.each([
  [
    'gaps and overlaps in the national table, as ranges with their lines',
    {
      'postcodes.csv': POSTCODES.replace('1000-4999', '1000-5009').replace(
        '5000-9999',
        '5000-9899',
      ),
    },
    [
      'offices/dom.yaml:5:32 bases[0].basis: from 2026-01-01 on, no team has postcode 5000-5009',
      'postcodes.csv:4:1 postcodes: 5000-5009 already belongs to dom by line 3',
      'postcodes.csv:4:1 postcodes: no office has 9900-9999',
    ],
  ],
  [
    'a whole postcode that is given twice',
    { 'postcodes.csv': `${POSTCODES}9011AC,dom,AM01\n` },
    ['postcodes.csv:6:1 postcodes: 9011AC already belongs to dom by line 5'],
  ],
  [
    'ids that do not exist, wherever they are mentioned',
    {
      'demarcation.yaml': ORGANISATION.replace('office: plas', 'office: gone').replace(
        'rayon: r1, arbeidsmarktregio: AM02',
        'rayon: r2, arbeidsmarktregio: AM02',
      ),
      'offices/plas.yaml': PLAS.replace('district: midden', 'district: nowhere'),
    },
    [
      'demarcation.yaml:9:14 settings.routes.foreign: gone does not exist in this document',
      'demarcation.yaml:24:48 werkbedrijfOffices[1].rayon: r2 does not exist in this document',
      'offices/plas.yaml:3:11 district: nowhere does not exist in this document',
    ],
  ],
  [
    'last digits of the BSN that no team or two teams have',
    { 'offices/plas.yaml': PLAS.replace('00-49', '00-39').replace('50-99', '45-99, 99') },
    [
      'offices/plas.yaml:5:32 bases[0].basis: from 2026-01-01 on, no team has last digits 40-44',
      'offices/plas.yaml:18:18 teams[1].bsn[1]: from 2026-01-01 on, another team has last digits 99 too',
    ],
  ],
  [
    'postcodes of an office that reach no team or two teams',
    { 'offices/dom.yaml': DOM.replace('1000-2999', '1000-3009').replace('3000-4999', '3000-4989') },
    [
      'offices/dom.yaml:5:32 bases[0].basis: from 2026-01-01 on, no team has postcode 4990-4999',
      'offices/dom.yaml:18:17 teams[1].postcodes[0]: from 2026-01-01 on, 3000-3009 also belongs to dom-1',
    ],
  ],
  [
    'an exception that no team of its office can take',
    { 'offices/dom.yaml': DOM.replace(', 9011AA-9011AC', '') },
    ['offices/dom.yaml:5:32 bases[0].basis: from 2026-01-01 on, no team has postcode 9011'],
  ],
  [
    'a gap that opens on the day on which a team ends, and not before',
    { 'offices/plas.yaml': PLAS.replace('name: Plas 2', 'name: Plas 2\n    until: 2026-10-01') },
    ['offices/plas.yaml:5:32 bases[0].basis: from 2026-10-01 on, no team has last digits 50-99'],
  ],
  [
    'a basis to come for which the teams are not ready',
    {
      'offices/plas.yaml': PLAS.replace(
        'basis: bsn }',
        'basis: bsn }\n  - { from: 2026-09-01, basis: postcode }',
      ),
    },
    ['offices/plas.yaml:6:32 bases[1].basis: from 2026-09-01 on, no team has postcode 5000-9999'],
  ],
  [
    'a law that no team of the office handles',
    { 'offices/plas.yaml': PLAS.replace('laws: all', 'laws: [WIA]') },
    [
      'offices/plas.yaml:5:32 bases[0].basis: from 2026-01-01 on, for ZW with wia-aanvraag, no team has last digits 00-49',
    ],
  ],
  [
    'postcodes of a team outside its office, and a team in two regions (B01)',
    {
      'offices/dom.yaml': DOM.replace('3000-4999', '3000-5000'),
      'postcodes.csv': POSTCODES.replace(
        '1000-4999,dom,AM01',
        '1000-1999,dom,AM02\n2000-4999,dom,AM01',
      ),
    },
    [
      'offices/dom.yaml:12:16 teams[0].postcodes: the team works in AM01 and AM02',
      'offices/dom.yaml:18:17 teams[1].postcodes[0]: 5000 does not belong to office dom',
      'postcodes.csv:5:1 office: 5000-9999 of AM02 goes to plas, other postcodes of it to dom',
    ],
  ],
  [
    'a team that ends before it begins and dates that are none',
    {
      'offices/plas.yaml': PLAS.replace('name: Plas 1', 'name: Plas 1\n    until: 2019-01-01'),
      'offices/dom.yaml': DOM,
    },
    [
      'offices/plas.yaml:5:32 bases[0].basis: from 2026-01-01 on, no team has last digits 00-49',
      'offices/plas.yaml:9:12 teams[0].until: expected a day after 2020-01-01, the first',
    ],
  ],
])('reports %s', async (_, changed, expected) => {
  expect(await problemsOf(changed)).toEqual(expected);
});

test('every problem of form is reported at once, each at its place', async () => {
  const problems = await problemsOf({
    'demarcation.yaml': ORGANISATION.replace('decisionReference: RvB 23-245\n', ''),
    'offices/dom.yaml': DOM.replace('3000-4999', '4999-3000').replace('name: Dom 2', 'nam: Dom 2'),
    'offices/plas.yaml': PLAS.replace('2020-01-01, basis', '2020-02-30, basis'),
    'postcodes.csv': POSTCODES.replace('5000-9999', '5000'),
  });

  expect(problems).toEqual([
    'demarcation.yaml:1:1 : expected the field decisionReference',
    'offices/dom.yaml:13:5 teams[1]: expected the field name',
    'offices/dom.yaml:14:10 teams[1].nam: expected one of id, name, from, until, profile, laws, products, lines, competences, capacity, band, postcodes, bsn as the name of this field',
    'offices/dom.yaml:18:17 teams[1].postcodes[0]: expected postcodes such as 3511, 3511-3525 or 3511AA-3511CZ',
    'offices/plas.yaml:5:13 bases[0].from: expected a date such as 2026-07-01',
  ]);
});

test('a folder that lacks its files says which', async () => {
  const read = await readDemarcation('/nonexistent');

  expect(read.ok ? [] : read.refusal.map(formatProblem)).toEqual([
    'demarcation.yaml:1:1 : expected this file to exist',
    'offices:1:1 : expected 1 to 270 files, one for each office',
    'postcodes.csv:1:1 : expected this file to exist',
  ]);
});
