import { passesElfproef } from '@smc/domain';

const MASK = '[bsn]';
const NINE_DIGITS = /(?<![0-9])[0-9]{9}(?![0-9])/g;
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/g;

/**
 * Masks every run of nine digits that passes the elfproef. One number in eleven does, so a part of an
 * event id or a count is masked now and then: in a log that is the better mistake.
 */
export function maskBsns(text: string): string {
  return text.replace(NINE_DIGITS, (digits) => (passesElfproef(digits) ? MASK : digits));
}

/** The same for a line of JSON, which stays JSON: a bare number becomes a text. */
export function maskBsnsInJson(line: string): string {
  if (maskBsns(line) === line) return line;
  return line.replace(STRING_OR_NUMBER, (token) => {
    const masked = maskBsns(token);
    return masked === token || token.startsWith('"') ? masked : `"${MASK}"`;
  });
}
