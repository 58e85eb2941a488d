/** What a random document rules beside its offices and teams. */
import fc from 'fast-check';
import type { TeamId } from '@smc/domain';
import {
  DEFAULT_PRECEDENCE,
  type Exclusion,
  type LineTable,
  type Participatiewet,
  type PrecedenceRule,
  type Route,
  type SpecialGroup,
  type Weights,
} from '../../demarcation.ts';
import { OFFICES } from './random-areas.ts';
import { day, LAWS, LINES, mostly, PRODUCTS } from './random-teams.ts';

export const EMPLOYMENTS = ['vast', 'tijdelijk', 'ww'];
export const CATEGORIES = ['werk', 'ontwikkel', 'zorg'];
export const GROUPS = ['militair', 'klm', 'politie', 'statushouder'];
export const PW_TEAMS = ['pw-1', 'pw-2'] as TeamId[];
export const GROUP_TEAMS = ['bijzonder-1', 'bijzonder-2'] as TeamId[];
const EXCLUSION_TEAMS = ['dom-0', 'kade-0', 'bijzonder-1'] as TeamId[];
export const office = fc.constantFrom(...OFFICES);

export const route = mostly(
  fc.constant<Route>({ kind: 'park' }),
  office.map((id): Route => ({ kind: 'office', office: id })),
);

export const participatiewet: fc.Arbitrary<Participatiewet | undefined> = mostly(
  fc.record({
    naloopMonths: fc.constantFrom(0, 1, 12),
    team: fc.constantFrom(...PW_TEAMS),
    byOffice: fc
      .array(fc.tuple(office, fc.constantFrom(...PW_TEAMS)), { maxLength: 2 })
      .map((pairs) => new Map(pairs)),
  }),
  fc.constant(undefined),
);

export const specialGroups: fc.Arbitrary<SpecialGroup[]> = fc
  .tuple(
    fc.shuffledSubarray(GROUPS.slice(0, 3)),
    fc.array(
      fc.tuple(
        fc.constantFrom<(TeamId | undefined)[]>(...GROUP_TEAMS, ...GROUP_TEAMS, undefined),
        mostly(fc.constant('current-or-former' as const), fc.constant('current' as const)),
      ),
      { minLength: 3, maxLength: 3 },
    ),
  )
  .map(([groups, about]) =>
    groups.map((group, i) => {
      const [team, members] = about[i] ?? [undefined, 'current'];
      return { group, team, members };
    }),
  );

export const exclusions: fc.Arbitrary<Exclusion[]> = fc.array(
  fc.record({
    id: fc.constantFrom('banenafspraak', 'proef'),
    group: fc.constantFrom('statushouder', 'statushouder', 'klm'),
    until: mostly(fc.constant(undefined), day),
    team: fc.constantFrom(undefined, ...EXCLUSION_TEAMS),
  }),
  { maxLength: 2 },
);

export const lines: fc.Arbitrary<LineTable> = fc
  .array(fc.option(fc.constantFrom(...LINES), { nil: undefined, freq: 6 }), {
    minLength: 6,
    maxLength: 6,
  })
  .map((answers) =>
    LAWS.flatMap((law, i) =>
      EMPLOYMENTS.flatMap((employment, j) => {
        const line = answers[i * EMPLOYMENTS.length + j];
        return line === undefined ? [] : [{ law, employment, line }];
      }),
    ),
  );

const weight = fc.constantFrom(0, 1, 250, 333, 1000, 1500);
export const weights: fc.Arbitrary<Weights> = fc.record({
  products: fc
    .array(fc.tuple(fc.constantFrom(...PRODUCTS), weight), { maxLength: 2 })
    .map((w) => new Map(w)),
  categories: fc
    .array(fc.tuple(fc.constantFrom(...CATEGORIES), weight), { maxLength: 3 })
    .map((w) => new Map(w)),
  idle: weight,
});

/** The order of the design as often as any other. */
export const precedence: fc.Arbitrary<PrecedenceRule[]> = fc.oneof(
  fc.constant<PrecedenceRule[]>([...DEFAULT_PRECEDENCE]),
  fc
    .shuffledSubarray(
      DEFAULT_PRECEDENCE.filter((rule) => rule !== 'area'),
      { minLength: 4 },
    )
    .map((rules) => [...rules, 'area' as const]),
);
