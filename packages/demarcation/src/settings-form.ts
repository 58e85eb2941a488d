/** What people decide and the sources leave open. */
import { DEFAULT_PRECEDENCE, type PrecedenceRule, type Route, type Settings } from '@smc/decision';
import {
  convert,
  list,
  optional,
  record,
  required,
  withSchema,
  word,
  wordOr,
  type Form,
} from './form.ts';
import { id, wholeNumber } from './value-forms.ts';

/** Longer than any benefit lasts: beyond it a journey would never end. */
const JOURNEY_END_MONTHS_MAX = 600;

const TO_OFFICE = convert(
  record({ office: required(id<'OfficeId'>(), 'The office that such an address counts for.') }),
  {
    read: ({ office }): Route & { readonly kind: 'office' } => ({ kind: 'office', office }),
    write: ({ office }) => ({ office }),
  },
);

const PARK_OR_OFFICE = wordOr('park', TO_OFFICE);
const ROUTE: Form<Route> = {
  read(at) {
    const read = PARK_OR_OFFICE.read(at);
    return read === 'park' ? { kind: 'park' } : read;
  },
  write: (route) => PARK_OR_OFFICE.write(route.kind === 'park' ? 'park' : route),
  schema: PARK_OR_OFFICE.schema,
};

const RULES = list(word(...DEFAULT_PRECEDENCE), { max: DEFAULT_PRECEDENCE.length });

/** Each rule once and `area` last: behind it no other would ever be asked. */
const PRECEDENCE: Form<readonly PrecedenceRule[]> = withSchema(
  {
    ...RULES,
    read(at) {
      const rules = RULES.read(at);
      const isWhole =
        rules !== undefined &&
        new Set(rules).size === DEFAULT_PRECEDENCE.length &&
        rules.at(-1) === 'area';
      return isWhole
        ? rules
        : at.expected(`each of ${DEFAULT_PRECEDENCE.join(', ')} once, area last`);
    },
  },
  { uniqueItems: true, minItems: DEFAULT_PRECEDENCE.length },
);

export const SETTINGS: Form<Settings> = record<Settings>({
  precedence: optional(
    PRECEDENCE,
    'The order in which the rules are asked; the first that answers decides.',
    DEFAULT_PRECEDENCE,
  ),
  onMove: optional(
    word('keep-team', 'by-address'),
    'Whether a client who moves house keeps the team (default) or follows the new address.',
    'keep-team',
  ),
  journeyEndMonths: required(
    wholeNumber({ min: 1, max: JOURNEY_END_MONTHS_MAX, unit: 'months' }),
    'A client keeps the team until this long after the last case was closed (B10).',
  ),
  routes: required(
    record<Settings['routes']>({
      postbus: required(ROUTE, 'A PO box: `park` (a person decides) or an office.'),
      foreign: required(ROUTE, 'An address abroad: `park` or an office.'),
      secret: required(ROUTE, 'A secret address: `park` or an office.'),
      none: required(ROUTE, 'No address at all: `park` or an office.'),
    }),
    'What happens to clients whose address has no postcode to go by.',
  ),
});
