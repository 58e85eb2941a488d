import { describe, expect, test } from 'vitest';
import type { ClientState, LocalDate, OpenCase, TeamId } from '@smc/domain';
import { askClient, claimOn, mayHelp, regionOf } from './ask-client.ts';
import { UNKNOWN_CLIENT } from './evolve.ts';
import { FULL_ORGANISATION } from './testing/full-organisation.ts';
import { demarcationOf } from './testing/small-organisation.ts';

const demarcation = demarcationOf(FULL_ORGANISATION);
const zw = {
  caseId: 'zaak-1',
  law: 'ZW',
  product: 'zw-beoordeling',
  employment: 'ww',
  receivedOn: '2026-02-01',
  receivedAtMs: 0,
  dossierRef: undefined,
  category: undefined,
  activity: 'active',
  parked: undefined,
  awaiting: undefined,
} as OpenCase;
const asked = (client: Partial<ClientState>) => ({
  clientKey: 'aaaaaaaaaaaaaaaaaaaaaaaaaa' as never,
  client: {
    ...UNKNOWN_CLIENT,
    addressKind: 'dutch',
    postcode: '3560AA',
    team: 'dom-1',
    office: 'dom',
    openCases: [zw],
    ...client,
  } as ClientState,
  demarcation,
  on: '2026-03-01' as LocalDate,
});

describe('a client as a whole', () => {
  test('belongs where the area says, although the journey runs elsewhere', () => {
    const { verdict, obstacle } = askClient(asked({}), zw, undefined);
    expect(verdict).toMatchObject({ kind: 'team', team: { id: 'dom-2' }, rule: 'postcode' });
    expect(obstacle).toBeUndefined();
  });

  test('tells what stands in the way of the journey', () => {
    const gone = asked({ team: 'weg-1' as TeamId });
    expect(askClient(gone, zw, undefined).obstacle).toBe('team-ended');
  });

  test('is claimed by what the client is, also without a case or a team for it', () => {
    expect(claimOn(asked({}))).toBeUndefined();
    expect(claimOn(asked({ participatiewet: true, openCases: [] }))).toBe('participatiewet');
    expect(claimOn(asked({ groups: ['police'] }))).toBe('group');
    expect(claimOn(asked({ groups: ['banenafspraak'] }))).toBe('exclusion');
    expect(claimOn(asked({ groups: ['other'] }))).toBeUndefined();
  });

  test('can go to a team that may handle every case, and is there', () => {
    const team = demarcation.teams.get('werf-3' as TeamId);
    const may = (cases: readonly OpenCase[]) =>
      team !== undefined && mayHelp(team, asked({ openCases: cases }));
    expect(may([zw])).toBe(true);
    expect(may([zw, { ...zw, law: 'WIA' }])).toBe(false);
    expect(may([zw, { ...zw, law: 'WIA', parked: 'MANUAL_BASIS' }])).toBe(true);
  });

  test('lives in a region where the address is known', () => {
    expect(regionOf(asked({}).client, demarcation)).toBe('amr-dom');
    expect(regionOf(asked({ addressKind: 'secret' }).client, demarcation)).toBeUndefined();
  });
});
