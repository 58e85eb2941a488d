/** Errors of the HTTP door: RFC 9457, with fixed words, so that no text of a sender comes back. */
import { STATUS_CODES } from 'node:http';
import type { FieldProblem } from './field-rules.ts';

export type ProblemCode =
  | 'NOT_HTTP'
  | 'BODY_NOT_JSON'
  | 'FIELDS_INVALID'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'BODY_TOO_LARGE'
  | 'NOT_JSON_TYPE'
  | 'TOO_SLOW'
  | 'INTAKE_FULL'
  | 'LOG_UNAVAILABLE'
  | 'STARTING'
  | 'OUTCOME_UNKNOWN'
  | 'BROKEN';

type Kind = { readonly status: number; readonly detail: string; readonly retryAfterS?: number };

const REPEAT = 'Repeat the request with the same id: a repeat changes nothing.';

export const PROBLEMS: Readonly<Record<ProblemCode, Kind>> = {
  NOT_HTTP: { status: 400, detail: 'This is no request of HTTP/1.1 that can be read.' },
  BODY_NOT_JSON: { status: 400, detail: 'The body is no JSON in UTF-8.' },
  FIELDS_INVALID: { status: 400, detail: 'Fields are missing or not what they should be.' },
  NOT_FOUND: { status: 404, detail: 'Nothing is found at this path; see /v1/openapi.json.' },
  METHOD_NOT_ALLOWED: { status: 405, detail: 'This path takes another method.' },
  TOO_SLOW: { status: 408, detail: 'The request did not arrive in time.' },
  BODY_TOO_LARGE: { status: 413, detail: 'The body is larger than any event can be.' },
  NOT_JSON_TYPE: { status: 415, detail: 'The body must have the content type application/json.' },
  BROKEN: { status: 500, detail: `Intake failed; its log says why. ${REPEAT}` },
  INTAKE_FULL: {
    status: 503,
    detail: 'More arrives than can be taken in; nothing was stored.',
    retryAfterS: 1,
  },
  STARTING: {
    status: 503,
    detail: 'Intake waits for what it depends on; nothing was stored.',
    retryAfterS: 5,
  },
  LOG_UNAVAILABLE: {
    status: 503,
    detail: `The event could not be stored for certain. ${REPEAT}`,
    retryAfterS: 5,
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    detail: `Storing took too long; it may still happen. ${REPEAT}`,
    retryAfterS: 5,
  },
};

export type InvalidInput = {
  readonly in: 'body' | 'header' | 'path';
  readonly location: { readonly name: string; readonly pointer?: string };
  readonly detail: string;
};

export type Problem = {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors?: readonly InvalidInput[];
};

export function problem(code: ProblemCode, errors?: readonly InvalidInput[]): Problem {
  const { status, detail } = PROBLEMS[code];
  const title = STATUS_CODES[status] ?? 'Error';
  const common = { type: 'about:blank', title, status, detail, code } as const;
  return errors === undefined ? common : { ...common, errors };
}

export function invalidInput({ field, expected }: FieldProblem): InvalidInput {
  if (field === '') {
    return { in: 'body', location: { name: '', pointer: '#' }, detail: `${expected} expected` };
  }
  const location = { name: field, pointer: `#/${field}` };
  return { in: 'body', location, detail: `${field}: ${expected} expected` };
}
