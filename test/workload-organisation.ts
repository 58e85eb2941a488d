/**
 * The small organisation with offices that divide by workload, and a PW SMC: what the tests of
 * clients' tasks and offices' tasks, and of what proves them, decide by.
 *
 * | office | postcodes | basis    | teams, hours a week                                      |
 * |--------|-----------|----------|----------------------------------------------------------|
 * | rijn   | 6800-6899 | workload | rijn-1 (144), rijn-2 (108), rijn-3 (36, laws ZW)         |
 * | hanze  | 8000-8099 | workload | hanze-1 (36), hanze-2 (72); until 2026-07-01 by postcode |
 * | pw     | 9000-9099 | manual   | pw-1, the PW SMC                                         |
 */
import { createHash } from 'node:crypto';
import type { ContentHash, TeamId } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import {
  demarcationOf,
  SMALL_ORGANISATION,
  type OfficeNotes,
} from '@smc/decision/testing/small-organisation';

const RIJN: OfficeNotes = {
  bases: { '2020-01-01': 'workload' },
  postcodes: ['6800-6899'],
  teams: {
    'rijn-1': { hours: 144, postcodes: ['6800-6849'] },
    'rijn-2': { hours: 108, postcodes: ['6850-6899'] },
    'rijn-3': { hours: 36, laws: ['ZW'] },
  },
};

const HANZE: OfficeNotes = {
  bases: { '2020-01-01': 'postcode', '2026-07-01': 'workload' },
  postcodes: ['8000-8099'],
  teams: {
    'hanze-1': { hours: 36, postcodes: ['8000-8049'] },
    'hanze-2': { hours: 72, postcodes: ['8050-8099'] },
  },
};

const PW: OfficeNotes = {
  bases: { '2020-01-01': 'manual' },
  postcodes: ['9000-9099'],
  teams: { 'pw-1': { profile: 'participatiewet' } },
};

/** Postcodes of every office, for clients whose load matters and for those whose does not. */
export const ADDRESSES = [
  '6810 AB',
  '6860 AB',
  '8010 AB',
  '8060 AB',
  '3520 AA',
  '1310 AB',
] as const;

/** `without`: the offices that divide by postcode instead, as before they switched. */
export function workloadOrganisation(
  version = '2026-01',
  { without = [] }: { readonly without?: readonly ('rijn' | 'hanze')[] } = {},
): Demarcation {
  const byPostcode = { '2020-01-01': 'postcode' } as const;
  const bases = (name: 'rijn' | 'hanze', office: OfficeNotes) =>
    without.includes(name) ? { ...office, bases: byPostcode } : office;
  const offices = {
    ...SMALL_ORGANISATION.offices,
    rijn: bases('rijn', RIJN),
    hanze: bases('hanze', HANZE),
    pw: PW,
  };
  const rules = {
    participatiewet: { naloopMonths: 12, team: 'pw-1' as TeamId, byOffice: new Map() },
    weights: {
      products: new Map([['wia-aanvraag', 1500]]),
      categories: new Map([['grote-afstand', 2000]]),
      idle: 250,
    },
  };
  const contentHash = createHash('sha256').update(`workload ${version} ${without.join(' ')}`);
  return {
    ...demarcationOf({ ...SMALL_ORGANISATION, version, offices, rules }),
    contentHash: contentHash.digest('hex') as ContentHash,
  };
}
