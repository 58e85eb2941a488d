import type { Brand } from './brand.ts';

/** Names that we give and compare, never read into. All are 1 to 64 characters of [A-Za-z0-9._:-]. */
export type CaseId = Brand<string, 'CaseId'>;
/** Identifies one intake event for ever; a repeat with the same id changes nothing. */
export type EventId = Brand<string, 'EventId'>;
export type TeamId = Brand<string, 'TeamId'>;
export type OfficeId = Brand<string, 'OfficeId'>;
export type DistrictId = Brand<string, 'DistrictId'>;
export type ArbeidsmarktregioId = Brand<string, 'ArbeidsmarktregioId'>;
export type RayonId = Brand<string, 'RayonId'>;
export type WerkbedrijfOfficeId = Brand<string, 'WerkbedrijfOfficeId'>;
export type EmployerKey = Brand<string, 'EmployerKey'>;
export type DossierRef = Brand<string, 'DossierRef'>;
/** A demarcation version's name, as the organisation gives it: `2026-07`. */
export type DemarcationVersion = Brand<string, 'DemarcationVersion'>;
/** SHA-256 of a demarcation's content, 64 hexadecimal digits. */
export type ContentHash = Brand<string, 'ContentHash'>;

/** The pseudonym that stands for a client everywhere behind intake: 26 characters of base32. */
export type ClientKey = Brand<string, 'ClientKey'>;

export const IDENTIFIER_CHARACTERS_MAX = 64;
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const CLIENT_KEY = /^[a-z2-7]{26}$/;

/** Tells whether a text can be an identifier of the named kind. */
export function isIdentifier<Name extends string>(text: unknown): text is Brand<string, Name> {
  return typeof text === 'string' && IDENTIFIER.test(text);
}

export function isClientKey(text: unknown): text is ClientKey {
  return typeof text === 'string' && CLIENT_KEY.test(text);
}

export function isContentHash(text: unknown): text is ContentHash {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
