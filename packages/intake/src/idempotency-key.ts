import { accept, refuse, type Result } from '@smc/domain';

/** Long enough for any UUID, URN or hash. */
export const IDEMPOTENCY_KEY_CHARACTERS_MAX = 128;

/** The key of the header, if any; quotes, as the IETF draft writes them, do not belong to it. */
export function parseIdempotencyKey(
  header: string | readonly string[] | undefined,
): Result<string | undefined, 'IDEMPOTENCY_KEY_INVALID'> {
  if (header === undefined) return accept(undefined);
  if (typeof header !== 'string') return refuse('IDEMPOTENCY_KEY_INVALID');
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  const fits = /^[\x21\x23-\x7e]+$/.test(key) && key.length <= IDEMPOTENCY_KEY_CHARACTERS_MAX;
  return fits ? accept(key) : refuse('IDEMPOTENCY_KEY_INVALID');
}
