/**
 * An invented organisation that uses every rule, for the tables in `test/vectors`.
 *
 * | office | postcodes | basis    | teams                                                      |
 * |--------|-----------|----------|------------------------------------------------------------|
 * | dom    | 3500-3599 | postcode | dom-1 3500-3549, dom-2 3550-3599; dom-mil (military)       |
 * | plas   | 1300-1399 | bsn      | plas-1 00-49, plas-2 50-99; plas-lucht (klm)               |
 * | werf   | 3000-3099 | workload | werf-1 36 h, werf-2 24 h, werf-3 36 h and only the ZW      |
 * | veld   | 5000-5099 | postcode | veld-1 36 h and veld-2 18 h share all; veld-z: 5000-5009 ZW |
 * | lijn   | 7500-7599 | postcode | lijn-v vangnet, lijn-w werkgever, from 2026-09-01 both     |
 * | stad   | 2500-2599 | manual   | pw-oost, pw-west (Participatiewet), stad-rust              |
 *
 * PW: pw-west for plas and werf, pw-oost for all others; naloop 12 months. Police: not decided yet.
 * KLM: only who works there now. Excluded: statushouder until 2026-10-01 (stad-rust helps them),
 * banenafspraak for good (a person decides). Weights: herbeoordeling half, idle a quarter, zorg a
 * half. Band `breed`: 1 to 3 weighted cases an hour.
 */
import type { LocalDate, OfficeId, TeamId } from '@smc/domain';
import type { DemarcationNotes } from './small-organisation.ts';

const ALWAYS = '2020-01-01';
const id = (text: string) => text as TeamId;
const LAWS = ['ZW', 'WIA'];

export const FULL_ORGANISATION: DemarcationNotes = {
  version: '2026-02',
  effectiveFrom: '2026-01-01',
  rules: {
    lines: LAWS.flatMap((law) => [
      { law, employment: 'tijdelijk-dienstverband', line: 'vangnet' },
      { law, employment: 'ww', line: 'vangnet' },
      { law, employment: 'vast-dienstverband', line: 'werkgever' },
    ]),
    participatiewet: {
      naloopMonths: 12,
      team: id('pw-oost'),
      byOffice: new Map([
        ['plas' as OfficeId, id('pw-west')],
        ['werf' as OfficeId, id('pw-west')],
      ]),
    },
    specialGroups: [
      { group: 'military', team: id('dom-mil'), members: 'current-or-former' },
      { group: 'klm', team: id('plas-lucht'), members: 'current' },
      { group: 'police', team: undefined, members: 'current-or-former' },
    ],
    exclusions: [
      {
        id: 'statushouders-2026',
        group: 'statushouder',
        until: '2026-10-01' as LocalDate,
        team: id('stad-rust'),
      },
      { id: 'banenafspraak', group: 'banenafspraak', until: undefined, team: undefined },
    ],
    weights: {
      products: new Map([['herbeoordeling', 500]]),
      categories: new Map([['zorg', 500]]),
      idle: 250,
    },
    bands: new Map([['breed', { min: 1000, max: 3000 }]]),
  },
  offices: {
    dom: {
      bases: { [ALWAYS]: 'postcode' },
      postcodes: ['3500-3599'],
      teams: {
        'dom-1': { postcodes: ['3500-3549'] },
        'dom-2': { postcodes: ['3550-3599'] },
        'dom-mil': { profile: 'special-group', laws: ['ZW', 'WIA'] },
      },
    },
    plas: {
      bases: { [ALWAYS]: 'bsn' },
      postcodes: ['1300-1399'],
      teams: {
        'plas-1': { suffixes: ['00-49'] },
        'plas-2': { suffixes: ['50-99'] },
        'plas-lucht': { profile: 'special-group' },
      },
    },
    werf: {
      bases: { [ALWAYS]: 'workload' },
      postcodes: ['3000-3099'],
      teams: {
        'werf-1': { hours: 36, band: 'breed' },
        'werf-2': { hours: 24 },
        'werf-3': { hours: 36, laws: ['ZW'] },
      },
    },
    veld: {
      bases: { [ALWAYS]: 'postcode' },
      postcodes: ['5000-5099'],
      teams: {
        'veld-1': { hours: 36, postcodes: ['5000-5099'] },
        'veld-2': { hours: 18, postcodes: ['5000-5099'] },
        'veld-z': { hours: 36, postcodes: ['5000AA-5009ZZ'], laws: ['ZW'] },
      },
    },
    lijn: {
      bases: { [ALWAYS]: 'postcode' },
      postcodes: ['7500-7599'],
      teams: {
        'lijn-v': {
          postcodes: ['7500-7599'],
          lines: ['vangnet'],
          later: { '2026-09-01': { lines: ['vangnet', 'werkgever'] } },
        },
        'lijn-w': { postcodes: ['7500-7599'], lines: ['werkgever'] },
      },
    },
    stad: {
      bases: { [ALWAYS]: 'manual' },
      postcodes: ['2500-2599'],
      teams: {
        'pw-oost': { profile: 'participatiewet' },
        'pw-west': { profile: 'participatiewet' },
        'stad-rust': { profile: 'special-group' },
      },
    },
  },
};
