/**
 * An invented organisation, small enough to keep in mind while reading `test/vectors`.
 *
 * | office | postcodes            | basis                                  | teams                     |
 * |--------|----------------------|----------------------------------------|---------------------------|
 * | dom    | 3500-3599            | postcode                               | dom-old, dom-1, dom-2, dom-ao, dom-3 |
 * | plas   | 1300-1399, 3511XA-XZ | bsn                                    | plas-1, plas-2, plas-3    |
 * | kade   | 2000-2099            | manual                                 | kade-1                    |
 * | hanze  | 8000-8099            | bsn, from 2026-07-01 postcode          | hanze-1, hanze-2          |
 * | rijn   | 6800-6899            | bsn, from 2026-09-01 postcode          | rijn-1, rijn-2            |
 *
 * It holds from 2026-01-01. Laws and products are texts here, as they are for the decision.
 */
import type {
  ArbeidsmarktregioId,
  Basis,
  BsnSuffix,
  ContentHash,
  DemarcationVersion,
  DistrictId,
  LocalDate,
  OfficeId,
  Pc4,
  Postcode,
  TeamId,
} from '@smc/domain';
import {
  DEFAULT_PRECEDENCE,
  WHOLE_CASE,
  type Competence,
  type Demarcation,
  type Office,
  type PostcodeRange,
  type Settings,
  type Team,
  type TeamProfile,
} from '../demarcation.ts';
import { buildPostcodeAreas } from '../postcode-areas.ts';

type TeamNotes = {
  readonly profile?: TeamProfile;
  readonly from?: string;
  readonly until?: string | undefined;
  readonly laws?: readonly string[] | undefined;
  readonly products?: readonly string[] | undefined;
  readonly lines?: readonly string[] | undefined;
  /** What it may handle from a later day on: `{ '2026-09-01': {} }` is everything. */
  readonly later?: Readonly<Record<string, Omit<Partial<Competence>, 'from'>>>;
  /** Hours a week, from its first day. */
  readonly hours?: number | undefined;
  readonly band?: string | undefined;
  /** `3500-3519` or `3511AB-3511AD`. */
  readonly postcodes?: readonly string[];
  /** `00-49`. */
  readonly suffixes?: readonly string[];
};

export type OfficeNotes = {
  readonly bases: Readonly<Record<string, Basis>>;
  readonly postcodes: readonly string[];
  readonly teams: Readonly<Record<string, TeamNotes>>;
};

export type DemarcationNotes = {
  readonly version?: string;
  readonly effectiveFrom?: string;
  readonly settings?: Partial<Settings>;
  readonly rules?: Partial<
    Pick<
      Demarcation,
      'lines' | 'participatiewet' | 'specialGroups' | 'exclusions' | 'weights' | 'bands'
    >
  >;
  readonly offices: Readonly<Record<string, OfficeNotes>>;
};

const ALWAYS = '2020-01-01';

export const SMALL_ORGANISATION: DemarcationNotes = {
  version: '2026-01',
  effectiveFrom: '2026-01-01',
  offices: {
    dom: {
      bases: { [ALWAYS]: 'postcode' },
      postcodes: ['3500-3599'],
      teams: {
        'dom-old': { until: '2026-04-01', postcodes: ['3500-3509'] },
        'dom-1': { postcodes: ['3510-3519'], products: ['wia-aanvraag', 'zw-beoordeling'] },
        'dom-2': { postcodes: ['3520-3589', '3511AB-3511AD'], laws: ['WIA', 'ZW'] },
        'dom-ao': { postcodes: ['3500-3589'], products: ['deskundigenoordeel'] },
        'dom-3': { from: '2026-04-01', postcodes: ['3500-3509'] },
      },
    },
    plas: {
      bases: { [ALWAYS]: 'bsn' },
      postcodes: ['1300-1399', '3511XA-3511XZ'],
      teams: {
        'plas-1': { suffixes: ['00-49'] },
        'plas-2': { suffixes: ['50-98'] },
        'plas-3': { suffixes: ['99-99'], laws: ['ZW'] },
      },
    },
    kade: { bases: { [ALWAYS]: 'manual' }, postcodes: ['2000-2099'], teams: { 'kade-1': {} } },
    hanze: {
      bases: { [ALWAYS]: 'bsn', '2026-07-01': 'postcode' },
      postcodes: ['8000-8099'],
      teams: {
        'hanze-1': { suffixes: ['00-49'], postcodes: ['8000-8049'] },
        'hanze-2': { suffixes: ['50-99'], postcodes: ['8050-8099'] },
      },
    },
    rijn: {
      bases: { '2026-02-01': 'bsn', '2026-09-01': 'postcode' },
      postcodes: ['6800-6899'],
      teams: {
        'rijn-1': { suffixes: ['00-49'], postcodes: ['6800-6849'] },
        'rijn-2': { suffixes: ['50-99'], postcodes: ['6850-6899'] },
      },
    },
  },
};

/** A demarcation from notes; each office lies in district `d-OFFICE` and region `amr-OFFICE`. */
export function demarcationOf(notes: DemarcationNotes): Demarcation {
  const offices = new Map<OfficeId, Office>();
  const teams = new Map<TeamId, Team>();
  for (const [name, office] of Object.entries(notes.offices)) {
    const id = name as OfficeId;
    for (const [team, about] of Object.entries(office.teams)) {
      teams.set(team as TeamId, teamOf(team as TeamId, id, about));
    }
    offices.set(id, {
      id,
      name,
      district: `d-${name}` as DistrictId,
      bases: Object.entries(office.bases).map(([from, basis]) => ({
        from: from as LocalDate,
        basis,
      })),
      teams: Object.keys(office.teams) as TeamId[],
    });
  }
  return {
    version: (notes.version ?? 'v1') as DemarcationVersion,
    contentHash: (notes.version ?? 'v1').padEnd(64, '0') as ContentHash,
    effectiveFrom: (notes.effectiveFrom ?? ALWAYS) as LocalDate,
    decisionReference: 'invented',
    settings: { ...SETTINGS, ...notes.settings },
    lines: [],
    participatiewet: undefined,
    specialGroups: [],
    exclusions: [],
    weights: { products: new Map(), categories: new Map(), idle: WHOLE_CASE },
    bands: new Map(),
    ...notes.rules,
    offices,
    teams,
    areas: areasOf(notes.offices),
  };
}

const PARK = { kind: 'park' } as const;
const SETTINGS: Settings = {
  precedence: DEFAULT_PRECEDENCE,
  onMove: 'keep-team',
  journeyEndMonths: 6,
  routes: { postbus: PARK, foreign: PARK, secret: PARK, none: PARK },
};

function teamOf(id: TeamId, office: OfficeId, notes: TeamNotes): Team {
  return {
    id,
    name: id,
    office,
    from: (notes.from ?? ALWAYS) as LocalDate,
    until: notes.until as LocalDate | undefined,
    profile: notes.profile ?? 'regular',
    competences: [
      {
        from: (notes.from ?? ALWAYS) as LocalDate,
        laws: notes.laws ?? 'all',
        products: notes.products ?? 'all',
        lines: notes.lines ?? 'all',
      },
      ...Object.entries(notes.later ?? {}).map(([from, competence]) => ({
        from: from as LocalDate,
        laws: 'all' as const,
        products: 'all' as const,
        lines: 'all' as const,
        ...competence,
      })),
    ],
    capacity:
      notes.hours === undefined
        ? []
        : [
            {
              from: (notes.from ?? ALWAYS) as LocalDate,
              until: undefined,
              minutes: notes.hours * 60,
            },
          ],
    band: notes.band,
    postcodes: (notes.postcodes ?? []).map(rangeOf),
    bsnSuffixes: (notes.suffixes ?? []).map((range) => {
      const [from, to] = endsOf(range);
      return { from: from as BsnSuffix, to: to as BsnSuffix };
    }),
  };
}

function rangeOf(range: string): PostcodeRange {
  const [from, to] = endsOf(range);
  return from.length === 4
    ? { from: `${from}AA`, to: `${to}ZZ`, precision: 'pc4' }
    : { from, to, precision: 'pc6' };
}

function endsOf(range: string): readonly [string, string] {
  const [from = '', to = ''] = range.split('-');
  return [from, to];
}

function areasOf(offices: DemarcationNotes['offices']): Demarcation['areas'] {
  const names = Object.keys(offices);
  const pc4: { pc4: Pc4; area: number }[] = [];
  const pc6: { postcode: Postcode; area: number }[] = [];
  Object.values(offices).forEach(({ postcodes }, area) => {
    for (const range of postcodes) {
      const [from, to] = endsOf(range);
      if (from.length === 4) {
        for (let n = Number(from); n <= Number(to); n++) pc4.push({ pc4: String(n) as Pc4, area });
      } else {
        for (let letter = from.charCodeAt(5); letter <= to.charCodeAt(5); letter++) {
          pc6.push({
            postcode: (from.slice(0, 5) + String.fromCharCode(letter)) as Postcode,
            area,
          });
        }
      }
    }
  });
  const areas = names.map((name) => ({
    office: name as OfficeId,
    arbeidsmarktregio: `amr-${name}` as ArbeidsmarktregioId,
  }));
  return buildPostcodeAreas({ areas, pc4, pc6 });
}
