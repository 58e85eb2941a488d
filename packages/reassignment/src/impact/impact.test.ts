import { describe, expect, test } from 'vitest';
import type { ArbeidsmarktregioId } from '@smc/domain';
import { FULL_ORGANISATION } from '../../../decision/src/testing/full-organisation.ts';
import type { PlanLine } from '../plan/plan.ts';
import { planMoves } from '../plan/plan-moves.ts';
import { id, times, type ClientNotes } from '../testing/clients.ts';
import { headerOf, questionOf, type Asked } from '../testing/plan-of.ts';
import { comparePlans } from './compare-plans.ts';
import { comparisonSections, impactSections, type Section } from './impact-text.ts';
import { impactOf } from './impact.ts';

const region = (office: string) => id<'ArbeidsmarktregioId'>(`amr-${office}`);
const regionOf = (office: string, character: 'rural' | 'urban') => ({
  id: region(office),
  name: office,
  character,
  municipalities: [],
});
const werkbedrijf = (name: string, of: ArbeidsmarktregioId) => ({
  id: id<'WerkbedrijfOfficeId'>(name),
  name,
  rayon: id<'RayonId'>('rayon'),
  arbeidsmarktregio: of,
});
const ORGANISATION = {
  arbeidsmarktregios: [regionOf('dom', 'urban'), regionOf('veld', 'rural')],
  werkbedrijfOffices: [
    werkbedrijf('wb-dom', region('dom')),
    werkbedrijf('wb-veld', region('veld')),
  ],
};

async function* planned(clients: readonly ClientNotes[], more: Partial<Asked> = {}) {
  const asked = questionOf({ clients, demarcation: FULL_ORGANISATION, ...more });
  const question = { ...asked, organisation: ORGANISATION };
  yield headerOf(question) as PlanLine;
  yield* planMoves(question);
  return 'a'.repeat(64);
}
const impact = (clients: readonly ClientNotes[], size = 0, seed = 1) =>
  impactOf(planned(clients), { size, seed });
const textOf = (sections: readonly Section[]) =>
  sections
    .flatMap(({ title, lines, table }) => [
      title ?? '',
      ...lines,
      ...(table?.rows ?? []).map((row) => row.join(' ')),
    ])
    .join('\n');

/** Two who move within an office, one who goes to the country, one who stays, one on PW, one uncovered. */
const SIX: readonly ClientNotes[] = [
  { team: 'dom-1', postcode: '3560AA' },
  { team: 'dom-1', postcode: '3560AA', cases: [{ dossier: false }, { law: 'WIA', idle: true }] },
  { team: 'dom-1', postcode: '5005AA', cases: [{ idle: true }] },
  { team: 'dom-1', postcode: '3510AA' },
  { team: 'pw-oost', office: 'stad', participatiewet: true },
  { team: 'stad-oud', postcode: '2550AA' },
];

describe('what a plan comes to', () => {
  test('by team, office, cause, law and line', async () => {
    expect(await impact(SIX)).toMatchObject({
      moves: 3,
      movable: 4,
      fixed: 1,
      otherOffice: 1,
      otherDistrict: 1,
      employers: 'not-known',
      byCause: [['demarcation', 3]],
      byRule: [['postcode', 3]],
      byTeams: [
        ['dom-1 dom-2', 2],
        ['dom-1 veld-z', 1],
      ],
      byOffices: [
        ['dom dom', 2],
        ['dom veld', 1],
      ],
      casesByLaw: [
        ['WIA', 1],
        ['ZW', 3],
      ],
      casesByLine: [['vangnet', 4]],
      byCharacter: [
        ['rural', 1],
        ['urban', 2],
      ],
      byWerkbedrijf: [
        ['wb-dom', 2],
        ['wb-veld', 1],
      ],
      byWork: [
        ['active', 2],
        ['idle', 1],
      ],
      leftBehind: 1,
    });
  });

  test('who is left with a team that is gone is told, also without an open case', async () => {
    const { leftBehind, moves } = await impact([
      { team: 'weg-1', cases: [], closedOn: '2026-02-01' },
      { team: 'weg-1', postcode: '2550AA' },
      { team: 'weg-1', postcode: '3510AA' },
    ]);
    expect([leftBehind, moves]).toEqual([2, 1]);
  });

  test('the dossiers of those who would move are complete or not (B35, E32)', async () => {
    const { dossiers } = await impact(SIX);
    expect(dossiers).toEqual({ complete: 2, incomplete: 1, casesWithout: 1, withoutOpenCase: 0 });
  });

  test('pairs of partners before and after, in town and country (A12, A13)', async () => {
    const { partners } = await impact(SIX);
    expect(partners).toEqual([
      { area: 'all', before: 3, after: 4 },
      { area: 'rural', before: 1, after: 1 },
      { area: 'urban', before: 2, after: 3 },
    ]);
  });

  test('bands, case mix and teams with the ZW alone, before and after', async () => {
    const { teams, bands, zwOnly } = await impact([
      ...times(40, { team: 'werf-1', postcode: '3010AA' }),
      ...times(2, { team: 'dom-1', postcode: '3560AA', cases: [{ law: 'WIA' }] }),
      { team: 'dom-1', postcode: '3510AA' },
    ]);
    expect(bands.before).toContainEqual(['within', 1]);
    expect(teams.find(({ team }) => team === 'werf-1')?.after).toMatchObject({
      perHour: 1111,
      band: 'within',
    });
    expect(zwOnly).toEqual({ before: ['werf-1'], after: ['dom-1', 'werf-1'] });
    const dom = teams.find(({ team }) => team === 'dom-1');
    expect(dom?.before.largest).toEqual({ kind: 'WIA zw-beoordeling', share: 667 });
    expect(dom?.after.largest).toEqual({ kind: 'ZW zw-beoordeling', share: 1000 });
  });

  test('a sample can be drawn again, and another seed draws another (E30)', async () => {
    const many = times(200, { team: 'dom-1', postcode: '3560AA' });
    const drawn = async (seed: number) =>
      (await impact(many, 5, seed)).sample.map(({ client }) => client);
    expect(await drawn(1)).toHaveLength(5);
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(await drawn(2)).not.toEqual(await drawn(1));
  });

  test('is told with the headline first, to each division, without a claim on quality', async () => {
    const dutch = impactSections(await impact(SIX, 1), 'nl');
    expect(dutch[0]?.lines[0]).toBe(
      '3 cliënten krijgen een ander team, van de 6 wier cliëntreis loopt (50.00 %).',
    );
    const text = textOf(dutch);
    for (const division of ['Uitkeren', 'Werkbedrijf', 'Klant & Service', 'Bezwaar & Beroep']) {
      expect(text).toContain(`${division}: `);
    }
    expect(text).toContain('geen uitspraak over tijdigheid');
    expect(text).toContain('LET OP: 1 cliënten blijven bij een team dat er dan niet meer is.');
    expect(textOf(impactSections(await impact(SIX, 1), 'en'))).toContain(
      'Team veld-z serves single postcodes within 5000 to 5009.',
    );
    expect(text).not.toMatch(/[0-9]{4}[A-Z]{2}|undefined|\{|\?/);
  });

  test('nobody moves: the report says so first', async () => {
    const sections = impactSections(await impact([SIX[3] ?? {}]), 'en');
    expect(sections[0]?.lines[0]).toBe('Nobody gets another team.');
  });

  test('a goal in numbers is told with its proof, and each move with the numbers of both teams', async () => {
    const clients = times(54, { team: 'veld-1', postcode: '5010AA' });
    const scope = { scope: ['office=veld'], objective: 'exact-shares' };
    const sections = impactSections(
      await impactOf(planned(clients, scope), { size: 1, seed: 1 }),
      'en',
    );
    const text = textOf(sections);
    expect(text).toContain('veld: goal reached with 32 moves; fewer is impossible (closed form).');
    expect(text).toMatch(
      /Team veld-1 has 54 clients and keeps 22; team veld-[2z] has 0 and comes to/,
    );
  });
});

describe('two plans side by side', () => {
  test('who moves in which, and what teams have by each', async () => {
    const other = planned(SIX, { scope: ['postcode=3560', 'postcode=5005'], asOf: '2026-04-01' });
    const found = await comparePlans(planned(SIX), other);
    expect(found).toMatchObject({
      same: 3,
      otherTeam: 0,
      onlyFirst: 0,
      onlySecond: 0,
      sameState: true,
    });
    const less = await comparePlans(planned(SIX), planned(SIX, { scope: ['postcode=5005'] }));
    expect(less).toMatchObject({ same: 1, onlyFirst: 2, onlySecond: 0 });
    expect(less.teams.find(({ team }) => team === 'dom-2')).toMatchObject({
      now: 0,
      first: { clients: 2 },
      second: { clients: 0 },
    });
    expect(textOf(comparisonSections(less, 'nl'))).toContain('alleen het eerste 2');
  });

  test('plans of different states are pointed out', async () => {
    const found = await comparePlans(planned(SIX), planned(SIX.slice(1)));
    expect(found.sameState).toBe(false);
    expect(textOf(comparisonSections(found, 'en'))).toContain('NOTE: the plans were computed');
  });
});
