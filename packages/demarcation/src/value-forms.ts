/** The smallest forms: names, dates, hours, weights and ranges, as people write them. */
import { hoursText, MINUTES_PER_HOUR, parseHours } from '@smc/capacity';
import { isIdentifier, isLocalDate, type Brand, type BsnSuffix, type LocalDate } from '@smc/domain';
import type { PostcodeRange } from '@smc/decision';
import { text, type Form } from './form.ts';
import {
  formatPostcodeRange,
  formatSuffixRange,
  parsePostcodeRange,
  parseSuffixRange,
} from './postcode-range.ts';

const NAME_CHARACTERS_MAX = 200;
/** YAML editors see `12` as a number and `12a` as a text; the document takes both as texts. */
const TEXT_OR_NUMBER = ['string', 'number'];

const idText = {
  format: (value: string) => value,
  expected: 'an id: 1 to 64 letters, digits or . _ : -',
  schema: { type: TEXT_OR_NUMBER, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$' },
};

export const id = <Name extends string>(): Form<Brand<string, Name>> =>
  text({ ...idText, parse: (read) => (isIdentifier<Name>(read) ? read : undefined) });

/** A law, product, employment, group, line, role or category. */
export const CODE: Form<string> = text({
  ...idText,
  parse: (read) => (isIdentifier(read) ? read : undefined),
});

export const NAME: Form<string> = text({
  parse: (read) =>
    read.trim() !== '' && read.length <= NAME_CHARACTERS_MAX ? read.trim() : undefined,
  format: (value) => value,
  expected: `a text of 1 to ${NAME_CHARACTERS_MAX} characters`,
  schema: {
    type: TEXT_OR_NUMBER,
    minLength: 1,
    maxLength: NAME_CHARACTERS_MAX,
    pattern: '\\S',
  },
});

export const DATE: Form<LocalDate> = text({
  parse: (read) => (isLocalDate(read) ? read : undefined),
  format: (value) => value,
  expected: 'a date such as 2026-07-01',
  schema: { type: 'string', format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
});

export function wholeNumber(of: {
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}): Form<number> {
  return text({
    parse(read) {
      const value = /^(0|[1-9][0-9]{0,8})$/.test(read) ? Number(read) : -1;
      return value >= of.min && value <= of.max ? value : undefined;
    },
    format: String,
    expected: `a whole number of ${of.unit}, ${of.min} to ${of.max}`,
    schema: { type: 'integer', minimum: of.min, maximum: of.max },
  });
}

/** A week has 168 hours. */
const HOURS_MAX = 168;

/** `36`, `28.8` or `28:48`, held as minutes. */
export const HOURS: Form<number> = text({
  parse(read) {
    const minutes = parseHours(read);
    return minutes !== undefined && minutes <= HOURS_MAX * MINUTES_PER_HOUR ? minutes : undefined;
  },
  format(minutes) {
    const short = hoursText(minutes);
    if (parseHours(short) === minutes) return short;
    const rest = String(minutes % MINUTES_PER_HOUR).padStart(2, '0');
    return `${Math.floor(minutes / MINUTES_PER_HOUR)}:${rest}`;
  },
  expected: `hours a week such as 36, 28.8 or 28:48, at most ${HOURS_MAX}`,
  schema: {
    anyOf: [
      { type: 'number', minimum: 0, maximum: HOURS_MAX },
      { type: 'string', pattern: '^([0-9]{1,2}|1[0-5][0-9]|16[0-7]):[0-5][0-9]$' },
    ],
  },
});

const THOUSANDTHS_MAX = 1_000_000;

/** `1`, `0.25` or `1.5`, held in thousandths. */
export const THOUSANDTHS: Form<number> = text({
  parse(read) {
    const match = /^([0-9]{1,4})(?:\.([0-9]{1,3}))?$/.exec(read);
    if (match === null) return undefined;
    const value = Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
    return value <= THOUSANDTHS_MAX ? value : undefined;
  },
  format: (value) => String(value / 1000),
  expected: 'a number such as 1, 0.25 or 1.5, at most 1000',
  schema: { type: 'number', minimum: 0, maximum: THOUSANDTHS_MAX / 1000 },
});

/** Days of a working week of five, in halves: `1` or `0.5`. */
export const DAYS: Form<number> = text({
  parse: (read) => (/^(?:[0-4](?:\.5)?|5)$/.test(read) ? Number(read) : undefined),
  format: String,
  expected: 'days of the week such as 1 or 0.5, at most 5',
  schema: { type: 'number', minimum: 0, maximum: 5, multipleOf: 0.5 },
});

export const POSTCODES: Form<PostcodeRange> = text({
  parse: parsePostcodeRange,
  format: formatPostcodeRange,
  expected: 'postcodes such as 3511, 3511-3525 or 3511AA-3511CZ',
  schema: {
    anyOf: [
      { type: 'integer', minimum: 1000, maximum: 9999 },
      {
        type: 'string',
        pattern: '^[1-9][0-9]{3}(-[1-9][0-9]{3}|[A-Z]{2}(-[1-9][0-9]{3}[A-Z]{2})?)?$',
      },
    ],
  },
});

export const SUFFIXES: Form<{ readonly from: BsnSuffix; readonly to: BsnSuffix }> = text({
  parse: parseSuffixRange,
  format: formatSuffixRange,
  expected: 'last digits of a BSN such as 07 or 00-24',
  schema: {
    anyOf: [
      { type: 'integer', minimum: 0, maximum: 99 },
      { type: 'string', pattern: '^[0-9]{2}(-[0-9]{2})?$' },
    ],
  },
});
