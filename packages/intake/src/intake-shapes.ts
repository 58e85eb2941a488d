/** The fields of the five things that intake is told. */
import {
  ADDRESS_KINDS,
  Bsn,
  CASE_ACTIVITIES,
  CHANNELS,
  GROUPS_MAX,
  isIdentifier,
  isLocalDate,
  normalisePostcode,
  type Brand,
  type CaseId,
  type DossierRef,
  type EmployerKey,
  type EventId,
  type LocalDate,
  type Postcode,
} from '@smc/domain';
import type { CodeLists } from './code-lists.ts';
import { defaulting, optional, required, type FieldRule, type JsonSchema } from './field-rules.ts';

export type IntakeShapes = ReturnType<typeof intakeShapes>;

export function intakeShapes(lists: CodeLists) {
  const receipt = { eventId: optional(eventId), bsn, receivedAt: optional(moment) };
  const address = {
    addressKind: choice(ADDRESS_KINDS, 'an address kind'),
    postcode: optional(postcode),
  };
  const groups = codes(lists.groups, 'special groups');
  return {
    CaseRegistered: {
      ...receipt,
      caseId,
      ...address,
      law: code(lists.laws, 'law'),
      product: code(lists.products, 'product'),
      employment: code(lists.employments, 'employment kind'),
      participatiewet: flag,
      groups: defaulting(groups, []),
      formerGroups: defaulting(groups, []),
      category: optional(code(lists.categories, 'client group')),
      employerKey: optional(identifier<EmployerKey>('The employer, under a key of the sender.')),
      dossierRef: optional(identifier<DossierRef>('Where the dossier is found.')),
      channel: defaulting(choice(CHANNELS, 'a channel'), 'central'),
    },
    CaseClosed: { ...receipt, caseId, closedOn: day('The day on which the case was closed.') },
    CaseReclassified: {
      ...receipt,
      caseId,
      employment: optional(code(lists.employments, 'employment kind')),
      category: optional(code(lists.categories, 'client group')),
      activity: optional(choice(CASE_ACTIVITIES, 'an activity')),
    },
    ClientMoved: { ...receipt, ...address, movedOn: day('The day of the move.') },
    ClientStatusChanged: {
      ...receipt,
      participatiewet: flag,
      groups,
      formerGroups: defaulting(groups, []),
      changedOn: day('The day on which the status changed.'),
    },
  };
}

const IDENTIFIER_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$';

function identifier<T extends Brand<string, string>>(description: string): FieldRule<T> {
  const isOne = (value: unknown): value is T => isIdentifier(value);
  return text({
    expected: 'an identifier: 1 to 64 letters, digits and . _ : -, and not the BSN',
    schema: { type: 'string', pattern: IDENTIFIER_PATTERN, description },
    parse: (value) => (isOne(value) ? value : undefined),
  });
}

const eventId = identifier<EventId>(
  'Identifies this event for ever. Whoever repeats it changes nothing.',
);
const caseId = identifier<CaseId>('Names the case, once for all time.');

const bsn = text<Bsn>({
  expected: 'a text of nine digits that passes the elfproef',
  schema: {
    type: 'string',
    pattern: '^[0-9]{9}$',
    writeOnly: true,
    description: 'The burgerservicenummer. It goes no further than this door.',
  },
  parse(value) {
    const parsed = Bsn.parse(value);
    return parsed.ok ? parsed.value : undefined;
  },
});

const postcode = text<Postcode>({
  expected: 'a Dutch postcode such as 3511AB',
  schema: {
    type: 'string',
    pattern: '^\\s*[1-9][0-9]{3}\\s*[A-Za-z]{2}\\s*$',
    description: 'Required for the address kinds dutch and postbus, and only for these.',
  },
  parse: (value) =>
    value.length <= POSTCODE_CHARACTERS_MAX ? normalisePostcode(value) : undefined,
});
const POSTCODE_CHARACTERS_MAX = 16;

const flag = required<boolean>({
  expected: 'true or false',
  schema: {
    type: 'boolean',
    description: 'Whether the client receives Participatiewet benefit; decides, whatever the law.',
  },
  parse: (value) => (typeof value === 'boolean' ? value : undefined),
});

function day(description: string): FieldRule<LocalDate> {
  return text({
    expected: 'a day such as 2026-11-24',
    schema: { type: 'string', format: 'date', description },
    parse: (value) => (isLocalDate(value) ? value : undefined),
  });
}

const MOMENT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})$/;

/** The year 3000: a later one is a slip of the pen, and years of five digits are no days of ours. */
const MOMENT_MS_MAX = 32_503_680_000_000;

/** Milliseconds since 1970. */
const moment = text<number>({
  expected: 'a moment with a time zone such as 2026-11-24T09:30:00+01:00, not in the future',
  schema: {
    type: 'string',
    format: 'date-time',
    description: 'When it was received; now, where it is left out.',
  },
  parse(value) {
    // Date.parse makes 2 March of 30 February; the calendar does not.
    const atMs = isLocalDate(MOMENT.exec(value)?.[1]) ? Date.parse(value) : Number.NaN;
    return atMs >= 0 && atMs < MOMENT_MS_MAX ? atMs : undefined;
  },
});

function choice<T extends string>(choices: readonly T[], what: string): FieldRule<T> {
  return text({
    expected: `${what}: ${choices.join(', ')}`,
    schema: { type: 'string', enum: choices },
    parse: (value) => choices.find((it) => it === value),
  });
}

function code(list: ReadonlySet<string>, what: string): FieldRule<string> {
  return text({
    expected: `a ${what} of the code list: ${[...list].join(', ')}`,
    schema: { type: 'string', enum: [...list] },
    parse: (value) => (list.has(value) ? value : undefined),
  });
}

function codes(list: ReadonlySet<string>, what: string): FieldRule<readonly string[]> {
  const isCode = (value: unknown): value is string => typeof value === 'string' && list.has(value);
  return required({
    expected: `at most ${GROUPS_MAX} different ${what} of the code list: ${[...list].join(', ')}`,
    schema: {
      type: 'array',
      maxItems: GROUPS_MAX,
      uniqueItems: true,
      items: { type: 'string', enum: [...list] },
    },
    parse(value) {
      const fits = Array.isArray(value) && value.length <= GROUPS_MAX && value.every(isCode);
      return fits && new Set(value).size === value.length ? value : undefined;
    },
  });
}

type TextRule<T> = {
  readonly expected: string;
  readonly schema: JsonSchema;
  readonly parse: (value: string) => T | undefined;
};

function text<T>({ parse, ...rule }: TextRule<T>): FieldRule<T> {
  return required<T>({
    ...rule,
    parse: (value) => (typeof value === 'string' ? parse(value) : undefined),
  });
}
