import { createHmac, createSecretKey } from 'node:crypto';
import { isClientKey, must, type Bsn, type ClientKey } from '@smc/domain';
import { group, integerSetting, variable } from '@smc/runtime';
import { base32 } from './base32.ts';

/** 256 bits: a secret shorter than the hash would be the weakest part of the recipe. */
export const SECRET_BYTES_MIN = 32;
const KEY_BYTES = 16;

/** Turns a BSN into the pseudonym that stands for the client everywhere behind intake. */
export type ClientKeyDeriver = {
  /** Which secret this is. Another secret gives every client another key: see decisions.md. */
  readonly version: number;
  readonly derive: (bsn: Bsn) => ClientKey;
};

/**
 * The recipe, also for systems that publish to `smc.intake` themselves: HMAC-SHA-256 with the secret
 * over the nine digits in ASCII, its first 128 bits, in lower-case base32 without padding.
 * `schemas/client-key-vectors.json` holds vectors. Throws where the secret is too short.
 */
export function createClientKeyDeriver(secret: Uint8Array, version: number): ClientKeyDeriver {
  if (secret.length < SECRET_BYTES_MIN) {
    throw new RangeError(
      `the client key secret has ${secret.length} bytes, at least ${SECRET_BYTES_MIN} are needed`,
    );
  }
  const key = createSecretKey(secret);
  return {
    version,
    derive(bsn) {
      const mac = createHmac('sha256', key).update(bsn.reveal(), 'latin1').digest();
      const text = base32(mac.subarray(0, KEY_BYTES));
      return must(isClientKey(text) ? text : undefined, 'the recipe gives a client key');
    },
  };
}

/** `SMC_CLIENT_KEY_SECRET` (or `_FILE`) and its version; without them intake does not start. */
export const clientKeySetting = group({
  secret: variable('SMC_CLIENT_KEY_SECRET', {
    help: 'the secret that turns a BSN into a client key; `openssl rand -hex 32` makes one',
    expects: `a secret of at least ${SECRET_BYTES_MIN} bytes, written as hexadecimal digits,`,
    parse(text) {
      const isHex = /^(?:[0-9a-fA-F]{2})+$/.test(text);
      return isHex && text.length >= 2 * SECRET_BYTES_MIN ? Buffer.from(text, 'hex') : undefined;
    },
  }),
  version: integerSetting('SMC_CLIENT_KEY_VERSION', {
    help: 'which secret this is; goes up when the secret is replaced',
    min: 1,
    max: 9_999,
  }),
});
