import { describe, expect, test } from 'vitest';
import type { BsnSuffix, LocalDate, Postcode, TeamId } from '@smc/domain';
import { readDemarcation } from '../read-demarcation.ts';
import { DOM, ORGANISATION, PLAS, smallFolder } from '../testing/small-folder.ts';
import { describeNobody, describeWhoHelps } from './show-words.ts';
import { whoHelps, type WhoHelpsQuestion } from './who-helps.ts';

const ON = '2026-03-01' as LocalDate;
const at = (postcode: string): WhoHelpsQuestion => ({ postcode: postcode as Postcode, on: ON });

async function documentOf(changed: Readonly<Record<string, string>> = {}) {
  await using folder = await smallFolder(changed);
  const read = await readDemarcation(folder.path);
  if (!read.ok) throw new Error(read.refusal.map(({ message }) => message).join('\n'));
  return read.value;
}

async function answerTo(
  question: WhoHelpsQuestion,
  changed: Readonly<Record<string, string>> = {},
) {
  const found = whoHelps(await documentOf(changed), question);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
}

const teamsOf = (found: Awaited<ReturnType<typeof answerTo>>) =>
  found.answers.map(({ teams, bsnSuffixes, cases }) => ({
    teams: teams.map(({ id }) => id),
    bsnSuffixes,
    cases,
  }));

const ALL = [{ laws: 'all', products: 'all', employments: 'all' }];

describe('who helps in a place on a day', () => {
  test('an office by postcode: its place in the organisation, its basis and its team', async () => {
    const found = await answerTo(at('3511AB'));

    expect(found).toMatchObject({
      office: { id: 'dom', name: 'Dom' },
      district: { id: 'midden', name: 'Midden' },
      arbeidsmarktregio: { id: 'AM01', name: 'Een' },
      werkbedrijf: { id: 'wb-1', rayon: { id: 'r1', name: 'Rayon 1' } },
      basis: { basis: 'postcode', from: '2020-01-01' },
      decisionReference: 'RvB 23-245',
    });
    expect(teamsOf(found)).toEqual([{ teams: ['dom-2'], bsnSuffixes: undefined, cases: ALL }]);
    expect(describeWhoHelps(found, 'nl').join('\n')).toContain('De postcode hoort bij kantoor dom');
  });

  test('an office by BSN: every team with its last digits, or the one that was asked for', async () => {
    expect(teamsOf(await answerTo(at('7000AA')))).toEqual([
      { teams: ['plas-1'], bsnSuffixes: '00-49', cases: ALL },
      { teams: ['plas-2'], bsnSuffixes: '50-99', cases: ALL },
    ]);
    const asked = { ...at('7000AA'), bsnSuffix: '50' as BsnSuffix };
    expect(teamsOf(await answerTo(asked))).toEqual([
      { teams: ['plas-2'], bsnSuffixes: undefined, cases: ALL },
    ]);
  });

  test('a single postcode that belongs elsewhere than its four digits', async () => {
    expect((await answerTo(at('9011AB'))).office.id).toBe('dom');
    expect((await answerTo(at('9011AD'))).office.id).toBe('plas');
  });

  test('teams that handle some products only are told apart, each with its kinds of case', async () => {
    const products = 'products: [wia-aanvraag, zw-beoordeling]';
    const changed = {
      'demarcation.yaml': ORGANISATION.replace(/products: .*/, products),
      'offices/dom.yaml': `${DOM.replace('products: all', 'products: [wia-aanvraag]')}  - id: dom-3
    name: Dom 3
    from: 2020-01-01
    laws: all
    products: [zw-beoordeling]
    postcodes: [1000-2999]
`,
    };
    const found = await answerTo(at('1011AB'), changed);

    expect(teamsOf(found)).toEqual([
      {
        teams: ['dom-1'],
        bsnSuffixes: undefined,
        cases: [{ ...ALL[0], products: ['wia-aanvraag'] }],
      },
      {
        teams: ['dom-3'],
        bsnSuffixes: undefined,
        cases: [{ ...ALL[0], products: ['zw-beoordeling'] }],
      },
    ]);
    expect(describeWhoHelps(found, 'nl').join('\n')).toContain('Dom 3 (dom-3): zw-beoordeling');
  });

  test('an office by hand names nobody and says who does', async () => {
    const changed = { 'offices/plas.yaml': PLAS.replace('basis: bsn', 'basis: manual') };
    const found = await answerTo(at('7000AA'), changed);

    expect(found.answers).toMatchObject([{ teams: [], parked: 'MANUAL_BASIS' }]);
    expect(describeWhoHelps(found, 'en').join('\n')).toContain('a person appoints a team');
  });

  test('a switch that is known to come is told with its day', async () => {
    const bases = '- { from: 2020-01-01, basis: bsn }\n  - { from: 2026-09-01, basis: manual }';
    const changed = { 'offices/plas.yaml': PLAS.replace(/- \{ from.*\}/, bases) };
    const found = await answerTo(at('7000AA'), changed);

    expect(found.nextBasis).toEqual({ basis: 'manual', from: '2026-09-01' });
    expect(describeWhoHelps(found, 'nl').join('\n')).toContain('vanaf 2026-09-01 met de hand');
  });
});

test('an office by workload chooses between its teams; how it comes to be asked is explained', async () => {
  const document = await documentOf();
  const capacity = [{ ...HOURS, from: '2020-01-01' as LocalDate }];
  const offices = document.offices.map((office) => ({
    ...office,
    bases: [{ from: '2020-01-01' as LocalDate, basis: 'workload' as const }],
    teams: office.teams.map((team) => ({ ...team, capacity })),
  }));

  const found = whoHelps({ ...document, offices }, at('7000AA'));

  if (!found.ok) throw new Error(found.refusal.code);
  expect(found.value.answers).toMatchObject([
    { choice: 'workload', teams: [{ id: 'plas-1' }, { id: 'plas-2' }], bsnSuffixes: undefined },
  ]);
  const text = describeWhoHelps(found.value, 'nl').join('\n');
  expect(text).toContain('het team met de laagste werklast van Plas 1 (plas-1), Plas 2 (plas-2)');
  expect(text).toContain('Kantoor plas verdeelt sinds 2020-01-01 op werklast.');
  expect(text).not.toContain('gewogen zaken');
});

const HOURS = {
  until: undefined,
  minutes: 600,
  contractMinutes: 600,
  role: 'verzekeringsarts',
  sideTasks: [],
  exemptDays: 0,
  line: undefined,
};

test('a case under the Participatiewet comes from one of its clients', async () => {
  const document = await documentOf();
  const { organisation } = document;
  const laws = [...organisation.laws, 'PW'];
  const participatiewet = { naloopMonths: 12, team: 'plas-1' as TeamId, byOffice: new Map() };

  const found = whoHelps(
    { ...document, organisation: { ...organisation, laws, participatiewet } },
    { ...at('3511AB'), law: 'PW' },
  );

  if (!found.ok) throw new Error(found.refusal.code);
  expect(found.value.answers).toMatchObject([{ teams: [{ id: 'plas-1' }] }]);
});

describe('no answer', () => {
  test('before the first day of the version, which is named', async () => {
    const document = await documentOf();
    const asked = { ...at('3511AB'), on: '2025-12-31' as LocalDate };
    const found = whoHelps(document, asked);

    expect(found).toEqual({
      ok: false,
      refusal: { code: 'NOT_YET', effectiveFrom: '2026-01-01' },
    });
    if (!found.ok) expect(describeNobody(found.refusal, asked, 'nl')).toContain('vanaf 2026-01-01');
  });

  test('for a postcode that belongs to no office', async () => {
    const document = await documentOf();
    const postcodes = document.postcodes.filter(({ postcode }) => postcode !== '3511');

    expect(whoHelps({ ...document, postcodes }, at('3511AB'))).toEqual({
      ok: false,
      refusal: { code: 'POSTCODE_UNKNOWN' },
    });
  });

  test('for a law that the document does not know', async () => {
    expect(whoHelps(await documentOf(), { ...at('3511AB'), law: 'WAI' })).toEqual({
      ok: false,
      refusal: { code: 'NOT_IN_DOCUMENT', field: 'law', known: ['WIA', 'ZW'] },
    });
  });
});

test('teams that share an area are all named', async () => {
  const document = await documentOf();
  const offices = document.offices.map((office) => ({
    ...office,
    teams: office.teams.map((team) => ({ ...team, postcodes: [WHOLE_COUNTRY] })),
  }));

  const found = whoHelps({ ...document, offices }, at('3511AB'));

  if (!found.ok) throw new Error(found.refusal.code);
  const { answers } = found.value;
  expect(answers).toMatchObject([{ choice: 'share', teams: [{ id: 'dom-1' }, { id: 'dom-2' }] }]);
  expect(describeWhoHelps(found.value, 'nl').join('\n')).toContain('gedeeld door Dom 1');
});

const WHOLE_COUNTRY = { from: '1000AA', to: '9999ZZ', precision: 'pc4' } as const;
