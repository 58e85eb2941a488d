/** `demarcation.yaml`, and the part `organisation` of a published version: the same form. */
import { WHOLE_CASE, type Band, type Participatiewet, type Weights } from '@smc/decision';
import type { OfficeId, TeamId } from '@smc/domain';
import type { AgeClass, Counted } from '@smc/capacity';
import {
  EXCEPTION_RULES,
  LIST_ITEMS_MAX,
  OFFICES_MAX,
  type Arbeidsmarktregio,
  type ByHand,
  type Classification,
  type Named,
  type Organisation,
  type RecordedException,
  type RoleFloor,
  type WerkbedrijfOffice,
} from './document.ts';
import {
  convert,
  list,
  mapOf,
  optional,
  record,
  required,
  word,
  wordOr,
  type Form,
} from './form.ts';
import { EXCLUSION, MONTHS_MAX, SPECIAL_GROUP } from './group-forms.ts';
import { SETTINGS } from './settings-form.ts';
import { CODE, DATE, HOURS, id, NAME, THOUSANDTHS, wholeNumber } from './value-forms.ts';

export const NOTHING: ReadonlyMap<string, number> = new Map();
const MANY = { max: LIST_ITEMS_MAX };
const BY_CODE = { names: CODE, max: LIST_ITEMS_MAX };
const NORM_MINUTES_MAX = 100_000;

export const NORM_TIMES = mapOf(
  wholeNumber({ min: 1, max: NORM_MINUTES_MAX, unit: 'minutes' }),
  BY_CODE,
);

const named = <Id extends string>(of: Form<Id>, what: string): Form<Named<Id>> =>
  record({
    id: required(
      of,
      `The short name of the ${what} by which the rest of the document refers to it.`,
    ),
    name: required(NAME, `The name of the ${what} as people know it.`),
  });

const ARBEIDSMARKTREGIO = record<Arbeidsmarktregio>({
  id: required(id<'ArbeidsmarktregioId'>(), 'The code of the arbeidsmarktregio, such as AM13.'),
  name: required(NAME, 'The name of the arbeidsmarktregio.'),
  character: optional(
    word('rural', 'urban'),
    'Whether it is country or town; reports show the two apart (A13).',
    undefined,
  ),
  municipalities: optional(
    list(named(CODE, 'municipality'), MANY),
    'The municipalities that form it on the first day of this version (E28).',
    [],
  ),
});

const WERKBEDRIJF_OFFICE = record<WerkbedrijfOffice>({
  id: required(id<'WerkbedrijfOfficeId'>(), 'The short name of the office.'),
  name: required(NAME, 'The name of the office as people know it.'),
  rayon: required(id<'RayonId'>(), 'The rayon that it belongs to (A04).'),
  arbeidsmarktregio: required(
    id<'ArbeidsmarktregioId'>(),
    'The arbeidsmarktregio that it works for; its postcodes are those of the region (A05, A06).',
  ),
});

const EXCEPTION = record<RecordedException>({
  rule: required(word(...EXCEPTION_RULES), 'The rule that is not kept here.'),
  of: required(CODE, 'For whom: the arbeidsmarktregio (A06), the office (A07) or the team (B01).'),
  reason: required(NAME, 'Why.'),
  decision: optional(NAME, 'The reference of the decision that allows it (B38).', undefined),
});

const LINE_OF = record({
  law: required(CODE, 'The law of the case.'),
  employment: required(CODE, 'The employment that the client comes from.'),
  line: required(CODE, 'The line that such a case belongs to.'),
});

const codesOrAll = wordOr('all', list(CODE, { min: 1, max: LIST_ITEMS_MAX }));
const BY_HAND = record<ByHand>({
  laws: optional(codesOrAll, 'Only these laws; left out: all.', 'all'),
  products: optional(codesOrAll, 'Only these products; left out: all.', 'all'),
  lines: optional(codesOrAll, 'Only these lines; left out: all.', 'all'),
  offices: optional(
    wordOr('all', list(id<'OfficeId'>(), { min: 1, max: OFFICES_MAX })),
    'Only these offices; left out: all.',
    'all',
  ),
  reason: required(NAME, 'Why no team takes these cases, and what the person does with them.'),
});

const PARTICIPATIEWET = record<Participatiewet>({
  naloopMonths: optional(
    wholeNumber({ min: 0, max: MONTHS_MAX, unit: 'months' }),
    'How long the PW SMC keeps a client after the benefit has ended (naloop, B08). Default 12.',
    12,
  ),
  team: required(id<'TeamId'>(), 'The PW SMC for clients of offices not named below (B06).'),
  byOffice: optional(
    mapOf(id<'TeamId'>(), { names: id<'OfficeId'>(), max: OFFICES_MAX }) as Form<
      Participatiewet['byOffice']
    >,
    'The PW SMC by the office of the client: `noord: noord-pw`.',
    new Map<OfficeId, TeamId>(),
  ),
});

const WEIGHTS = record<Weights>({
  products: optional(
    mapOf(THOUSANDTHS, BY_CODE),
    'By product; what is not named weighs 1 (D11).',
    NOTHING,
  ),
  categories: optional(
    mapOf(THOUSANDTHS, BY_CODE),
    'By category of the client, multiplied with that of the product (E38, E39).',
    NOTHING,
  ),
  idle: optional(
    THOUSANDTHS,
    'What an open case on which nobody works weighs (D14, E04, E24). Default 1.',
    WHOLE_CASE,
  ),
});

const BAND = record<Band>({
  min: required(THOUSANDTHS, 'Weighted cases per available hour: below it is a signal (D04).'),
  max: required(THOUSANDTHS, 'Weighted cases per available hour: above it is a signal (D04).'),
});

type WrittenFloor = Pick<RoleFloor, 'role' | 'per'> & { readonly hours: number };
const ROLE_FLOOR = convert(
  record<WrittenFloor>({
    role: required(
      CODE,
      'The role, such as verzekeringsarts (B33), intaker (C24) or jobcoach (C25).',
    ),
    hours: required(HOURS, 'At least so many hours a week for cases.'),
    per: optional(
      word('team', 'office'),
      'In each regular team (default), or in each office.',
      'team',
    ),
  }),
  {
    read: ({ role, hours, per }): RoleFloor => ({ role, minutes: hours, per }),
    write: ({ role, minutes, per }) => ({ role, hours: minutes, per }),
  },
);

const VALUE = wholeNumber({ min: 0, max: 150, unit: 'years or units' });
const CLIENTS = wholeNumber({ min: 0, max: 100_000_000, unit: 'clients' });
const CLASS = record<AgeClass>({
  name: required(NAME, 'The name of the class.'),
  from: required(VALUE, 'The first age (or other number) in the class.'),
  to: optional(VALUE, 'The last one; left out: without an end, such as AOW age.', undefined),
  clients: optional(CLIENTS, 'How many clients are in it (C02, C20).', undefined),
  reason: optional(NAME, 'The legal or other reason why its border lies here (C21).', undefined),
});
const COUNT = record<Counted>({
  from: required(VALUE, 'The first age (or other number) that was counted.'),
  to: optional(VALUE, 'The last one; left out: without an end.', undefined),
  clients: required(CLIENTS, 'How many clients there are.'),
});
const CLASSIFICATION = record<Classification>({
  id: required(CODE, 'The short name of the division into classes.'),
  name: required(NAME, 'What is divided, such as age.'),
  from: required(VALUE, 'The first age (or other number) that has to be in a class.'),
  to: optional(VALUE, 'The last one; left out: without an end.', undefined),
  classes: required(
    list(CLASS, { min: 1, max: LIST_ITEMS_MAX }),
    'The classes; together they cover everything once (C03).',
  ),
  counts: optional(
    list(COUNT, MANY),
    'Clients that were counted by age, so that a gap can be named with its clients.',
    [],
  ),
});

export const ORGANISATION: Form<Organisation> = record<Organisation>({
  version: required(id<'DemarcationVersion'>(), 'The name of this version, such as 2026-07.'),
  effectiveFrom: required(DATE, 'The first day on which it holds; may lie in the past (B29).'),
  decisionReference: required(NAME, 'The reference of the decision, such as RvB 23-245 (B38).'),
  description: required(NAME, 'One or two sentences for whoever finds it.'),
  settings: required(SETTINGS, 'What the sources leave open and the organisation decides.'),
  laws: required(list(CODE, MANY), 'The laws that every office must be able to place.'),
  products: required(list(CODE, MANY), 'The products that every office must be able to place.'),
  employments: optional(
    list(CODE, MANY),
    'The kinds of employment that clients come from (B12).',
    [],
  ),
  lines: optional(list(CODE, MANY), 'The lines (cliëntlijnen), where there are any (B03).', []),
  lineTable: optional(list(LINE_OF, MANY), 'The line of each law and employment (B12).', []),
  byHand: optional(
    list(BY_HAND, MANY),
    'Cases for which an office has no team on purpose: a person decides.',
    [],
  ),
  participatiewet: optional(
    PARTICIPATIEWET,
    'The SMCs for clients of the Participatiewet (B06).',
    undefined,
  ),
  specialGroups: optional(
    list(SPECIAL_GROUP, MANY),
    'Groups that are helped at one location (B19-B23).',
    [],
  ),
  exclusions: optional(
    list(EXCLUSION, MANY),
    'Groups that are not distributed like others (C05, C27).',
    [],
  ),
  weights: optional(WEIGHTS, 'What a case counts for; a case of no special kind counts for 1.', {
    products: NOTHING,
    categories: NOTHING,
    idle: WHOLE_CASE,
  }),
  normTimes: optional(NORM_TIMES, 'Minutes that a case of the product takes (E19, E20).', NOTHING),
  bands: optional(
    mapOf(BAND, BY_CODE),
    'Bandwidths of a responsible caseload by name (D01, D13).',
    new Map<string, Band>(),
  ),
  roleFloors: optional(list(ROLE_FLOOR, MANY), 'Roles that must be there (B33, C24, C25).', []),
  classifications: optional(
    list(CLASSIFICATION, MANY),
    'Classes, such as of age, that must cover everyone (C03).',
    [],
  ),
  districts: required(
    list(named(id<'DistrictId'>(), 'district'), MANY),
    'The districts of SMZ and Uitkeren (A03).',
  ),
  arbeidsmarktregios: required(list(ARBEIDSMARKTREGIO, MANY), "The arbeidsmarktregio's."),
  rayons: required(list(named(id<'RayonId'>(), 'rayon'), MANY), 'The rayons of Werkbedrijf (A04).'),
  werkbedrijfOffices: required(
    list(WERKBEDRIJF_OFFICE, MANY),
    'The offices of Werkbedrijf (A04, A05).',
  ),
  exceptions: required(list(EXCEPTION, MANY), 'Rules that the organisation breaks knowingly.'),
});
