/** `offices/*.yaml`, and the parts `office/ID` of a published version: the same form. */
import type { Basis } from '@smc/domain';
import {
  LIST_ITEMS_MAX,
  RANGES_PER_TEAM_MAX,
  TEAMS_PER_OFFICE_MAX,
  type Neighbourhood,
  type OfficeDocument,
  type SharedRange,
  type TeamDocument,
} from './document.ts';
import { list, optional, record, required, word, type Form } from './form.ts';
import { NORM_TIMES, NOTHING } from './organisation-form.ts';
import { TEAM } from './team-form.ts';
import { CODE, DATE, id, NAME, POSTCODES } from './value-forms.ts';

const BASES_MAX = 64;

const BASIS = record<OfficeDocument['bases'][number]>({
  from: required(DATE, 'The first day on which the office divides its clients in this way (A21).'),
  basis: required(
    word<Basis>('postcode', 'bsn', 'workload', 'manual'),
    'By postcode, by the last two digits of the BSN, by workload, or by hand (A08).',
  ),
});

const SHARED_RANGE = record<SharedRange>({
  postcodes: required(
    list(POSTCODES, { min: 1, max: RANGES_PER_TEAM_MAX }),
    'The postcodes that more than one team has on purpose.',
  ),
  teams: required(
    list(id<'TeamId'>(), { min: 2, max: TEAMS_PER_OFFICE_MAX }),
    'The teams that share them, by their available hours. Each has them among its own postcodes.',
  ),
  reason: required(NAME, 'Why.'),
});

const NEIGHBOURHOOD = record<Neighbourhood>({
  id: required(CODE, 'The short name of the neighbourhood.'),
  name: required(NAME, 'The name of the neighbourhood.'),
  postcodes: required(
    list(POSTCODES, { min: 1, max: RANGES_PER_TEAM_MAX }),
    'Its postcodes; two or more teams must be reached from it (A17).',
  ),
  reason: required(NAME, 'Why it is too close for one team (A15).'),
});

type WrittenOffice = Omit<OfficeDocument, 'teams'> & {
  readonly teams: readonly Omit<TeamDocument, 'office'>[];
};

const WRITTEN = record<WrittenOffice>({
  id: required(id<'OfficeId'>(), 'The short name of the office.'),
  name: required(NAME, 'The name of the office as people know it.'),
  district: required(id<'DistrictId'>(), 'The district that it belongs to (A03).'),
  bases: required(
    list(BASIS, { max: BASES_MAX }),
    'How it divides its clients, by date (A08, A21).',
  ),
  teams: required(list(TEAM, { max: TEAMS_PER_OFFICE_MAX }), 'Its teams (SMCs).'),
  sharedRanges: optional(
    list(SHARED_RANGE, { max: LIST_ITEMS_MAX }),
    'Postcodes that more than one team has on purpose (A17, B32).',
    [],
  ),
  sensitiveNeighbourhoods: optional(
    list(NEIGHBOURHOOD, { max: LIST_ITEMS_MAX }),
    'Neighbourhoods that are too close for one team (A15, A17, B42).',
    [],
  ),
  normTimes: optional(
    NORM_TIMES,
    'Minutes that a case takes at this office, in the place of those of the organisation (E20).',
    NOTHING,
  ),
});

export const OFFICE: Form<OfficeDocument> = {
  read(at) {
    const office = WRITTEN.read(at);
    if (office === undefined) return undefined;
    const teams = office.teams.map((team) =>
      at.problems.inherit({ ...team, office: office.id }, team),
    );
    return at.problems.remember({ ...office, teams }, at);
  },
  write: (office) => WRITTEN.write(office),
  schema: WRITTEN.schema,
};
