import { describe, expect, test } from 'vitest';
import type { DemarcationDocument } from '../document.ts';
import { readDemarcation } from '../read-demarcation.ts';
import { DOM, ORGANISATION, PLAS, POSTCODES, smallFolder } from '../testing/small-folder.ts';
import { compareDemarcations, isSame } from './compare-demarcations.ts';
import { describeDiff } from './diff-words.ts';

const LATER = ORGANISATION.replace('version: 2026-01', 'version: 2026-07').replace(
  'effectiveFrom: 2026-01-01',
  'effectiveFrom: 2026-07-01',
);

async function read(changed: Readonly<Record<string, string>> = {}): Promise<DemarcationDocument> {
  await using folder = await smallFolder(changed);
  const document = await readDemarcation(folder.path);
  if (!document.ok) throw new Error(document.refusal.map(({ message }) => message).join('\n'));
  return document.value;
}

/** The valid small document, followed on 1 July by itself with these files changed. */
async function diffWith(
  changed: Readonly<Record<string, string>>,
  population?: ReadonlyMap<number, number>,
) {
  const after = await read({ 'demarcation.yaml': LATER, ...changed });
  return compareDemarcations(await read(), after, population);
}

const textOf = (diff: Awaited<ReturnType<typeof diffWith>>) => describeDiff(diff, 'nl').join('\n');

test('a version that says the same again changes nothing', async () => {
  const diff = await diffWith({});

  expect(isSame(diff)).toBe(true);
  expect(textOf(diff)).toContain('Er verandert niets.');
});

describe('postcodes that go to another office', () => {
  const moved = {
    'postcodes.csv': POSTCODES.replace('1000-4999', '1000-4979')
      .replace('5000-9999', '4980-9999')
      .replace('9011AA-9011AC', '9011AA-9011AB'),
    'offices/dom.yaml': DOM.replace('3000-4999', '3000-4979').replace('9011AC', '9011AB'),
    'demarcation.yaml': LATER,
  };

  test('stand as ranges, with the people who live there', async () => {
    const diff = await diffWith(moved, new Map([4980, 4999].map((pc4) => [pc4, 1200])));

    expect(diff.officeMoves).toEqual([
      {
        before: { office: 'dom', arbeidsmarktregio: 'AM01' },
        after: { office: 'plas', arbeidsmarktregio: 'AM02' },
        postcodes: {
          ranges: ['4980-4999', '9011AC'],
          fourDigits: 20,
          single: 1,
          inhabitants: 2400,
        },
      },
    ]);
    expect(diff.counts.otherOffice).toEqual({ fourDigits: 20, single: 1, inhabitants: 2400 });
    expect(textOf(diff)).toContain('4980-4999, 9011AC: van Dom (dom) naar Plas (plas)');
    expect(textOf(diff)).toContain('2.400 inwoners');
  });

  test('of which some stood apart before are told as their four digits', async () => {
    const apart = `${POSTCODES}4000AB,plas,AM02\n`;
    const before = await read({ 'postcodes.csv': apart });
    const after = await read({
      'demarcation.yaml': LATER,
      'postcodes.csv': apart
        .replace('1000-4999', '1000-3999')
        .replace('5000-9999', '4000-9999')
        .replace('4000AB,plas,AM02\n', ''),
      'offices/dom.yaml': DOM.replace('3000-4999', '3000-3999'),
    });

    expect(compareDemarcations(before, after).officeMoves).toMatchObject([
      { postcodes: { ranges: ['4000-4999'], fourDigits: 1000, single: 0 } },
    ]);
  });

  test('are not told a second time as postcodes of another team', async () => {
    expect((await diffWith(moved)).helpers).toEqual([]);
  });
});

describe('within an office', () => {
  test('postcodes that go to another team are told with both teams', async () => {
    const diff = await diffWith({
      'offices/dom.yaml': DOM.replace('1000-2999', '1000-2899').replace('3000-4999', '2900-4999'),
    });

    expect(diff.helpers).toMatchObject([
      {
        office: 'dom',
        stretch: { from: '2026-07-01', until: undefined },
        before: { teams: ['dom-1'] },
        after: { teams: ['dom-2'] },
        postcodes: { ranges: ['2900-2999'], fourDigits: 100 },
      },
    ]);
    expect(textOf(diff)).toContain('2900-2999: Dom 2 (dom-2), was Dom 1 (dom-1)');
  });

  test('single postcodes of a team are told apart from their four digits', async () => {
    const diff = await diffWith({
      'offices/dom.yaml': DOM.replace('[1000-2999]', '[1000-2999, 3511AA-3511AC]'),
    });

    expect(diff.helpers).toMatchObject([
      { postcodes: { ranges: ['3511AA-3511AC'], fourDigits: 0, single: 3 } },
    ]);
  });

  test('last digits that go to another team are a share of all who live there', async () => {
    const diff = await diffWith({
      'offices/plas.yaml': PLAS.replace('00-49', '00-39').replace('50-99', '40-99'),
    });

    expect(diff.helpers).toMatchObject([
      { before: { teams: ['plas-1'] }, after: { teams: ['plas-2'] }, bsnSuffixes: '40-49' },
    ]);
    expect(textOf(diff)).toContain('heel het kantoor; BSN op 40-49: Plas 2 (plas-2)');
    expect(textOf(diff)).toContain('10 % van');
  });

  test('a switch of basis is told on its day, with who helps from then on', async () => {
    const bases =
      '- { from: 2020-01-01, basis: postcode }\n  - { from: 2026-10-01, basis: manual }';
    const diff = await diffWith({ 'offices/dom.yaml': DOM.replace(/- \{ from.*\}/, bases) });

    expect(diff.bases).toEqual([
      {
        office: 'dom',
        stretch: { from: '2026-10-01', until: undefined },
        before: 'postcode',
        after: 'manual',
      },
    ]);
    expect(diff.helpers).toMatchObject([
      { stretch: { from: '2026-10-01' }, after: { choice: 'person' }, wholeOffice: true },
    ]);
  });

  test('a switch of basis that is put off touches only the days between', async () => {
    const withSwitchOn = (day: string) =>
      DOM.replace(
        /- \{ from.*\}/,
        `- { from: 2020-01-01, basis: postcode }\n  - { from: ${day}, basis: manual }`,
      );
    const before = await read({ 'offices/dom.yaml': withSwitchOn('2026-09-01') });
    const after = await read({
      'demarcation.yaml': LATER,
      'offices/dom.yaml': withSwitchOn('2026-11-01'),
    });

    expect(compareDemarcations(before, after).bases).toMatchObject([
      { stretch: { from: '2026-09-01', until: '2026-11-01' }, before: 'manual', after: 'postcode' },
    ]);
  });

  test('a team that takes the place of another is told on the day on which it does', async () => {
    const dom = DOM.replace(
      '    from: 2020-01-01\n',
      '    from: 2020-01-01\n    until: 2026-09-01\n',
    );
    const diff = await diffWith({
      'offices/dom.yaml': `${dom}  - id: dom-3
    name: Dom 3
    from: 2026-09-01
    laws: all
    products: all
    postcodes: [1000-2999]
`,
    });

    expect(diff.helpers).toMatchObject([
      {
        stretch: { from: '2026-09-01' },
        before: { teams: ['dom-1'] },
        after: { teams: ['dom-3'] },
      },
    ]);
    expect(diff.counts).toMatchObject({ teamsAdded: 1, teamsRemoved: 0 });
    expect(textOf(diff)).toContain('Dom (dom): erbij Dom 3 (dom-3), vanaf 2026-09-01');
    expect(textOf(diff)).toContain('Dom 1 (dom-1), tot: 2026-09-01, was niet bepaald');
  });
});

test('settings are told in words, and nothing about what did not change', async () => {
  const diff = await diffWith({
    'demarcation.yaml': LATER.replace('secret: park', 'secret: { office: dom }').replace(
      'journeyEndMonths: 6',
      'journeyEndMonths: 9',
    ),
  });
  const text = textOf(diff);

  expect(text).toContain('maanden tot een cliëntreis voorbij is: 9, was 6');
  expect(text).toContain('geheim adres');
  expect(text).not.toContain('Teams');
  expect(text).not.toContain('postbus');
});

test('English is there too', async () => {
  const diff = await diffWith({
    'offices/dom.yaml': DOM.replace('name: Dom\n', 'name: Domstad\n'),
  });

  expect(describeDiff(diff, 'en').join('\n')).toContain('name: Domstad, was Dom');
});
