import type { Pc4, Postcode } from '@smc/domain';
import type { Area } from '@smc/decision';

/** The answer for four digits, or for one whole postcode that differs from its four digits. */
export type PostcodeEntry = { readonly postcode: Pc4 | Postcode; readonly area: Area };

/**
 * The national table: one entry for each of 1000 to 9999 and one for each exception, ascending by
 * postcode, so that exceptions follow their four digits. Entries of one area share its object.
 */
export type PostcodeTable = readonly PostcodeEntry[];

/** All 460,000 postcodes in use as exceptions, the four digits, and room for growth. */
export const TABLE_ENTRIES_MAX = 600_000;
/** Offices times arbeidsmarktregio's that occur together: 35 today. */
export const TABLE_AREAS_MAX = 1024;
