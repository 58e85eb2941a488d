/** Clients who are not divided by the basis of their office: special groups and exclusions. */
import { isIdentifier, type TeamId } from '@smc/domain';
import type { SpecialGroup } from '@smc/decision';
import type { RecordedExclusion } from './document.ts';
import { convert, optional, record, required, text, word, type Form } from './form.ts';
import { CODE, DATE, id, NAME } from './value-forms.ts';

/** Longer than any benefit lasts. */
export const MONTHS_MAX = 600;

const TEAM = id<'TeamId'>();
const TEAM_OR_UNDECIDED: Form<TeamId | 'undecided'> = text({
  parse: (read) => (read === 'undecided' || isIdentifier<'TeamId'>(read) ? read : undefined),
  format: (value) => value,
  expected: 'the id of a team, or undecided',
  schema: TEAM.schema,
});

type WrittenGroup = Omit<SpecialGroup, 'team'> & { readonly team: TeamId | 'undecided' };
export const SPECIAL_GROUP = convert<WrittenGroup, SpecialGroup>(
  record<WrittenGroup>({
    group: required(CODE, 'The group: military, klm or police (B19).'),
    team: required(
      TEAM_OR_UNDECIDED,
      "The one team that helps them (B21), or `undecided`: such a document can't be activated.",
    ),
    members: optional(
      word('current-or-former', 'current'),
      'Whether former work counts too (B20). Default current-or-former.',
      'current-or-former',
    ),
  }),
  {
    read: ({ group, team, members }) => ({
      group,
      team: team === 'undecided' ? undefined : team,
      members,
    }),
    write: ({ group, team, members }) => ({ group, team: team ?? 'undecided', members }),
  },
);

export const EXCLUSION = record<RecordedExclusion>({
  id: required(CODE, 'The short name of the exclusion.'),
  group: required(CODE, 'The group of clients that it is about.'),
  until: optional(
    DATE,
    'The first day on which it no longer holds; left out: permanent.',
    undefined,
  ),
  team: optional(
    TEAM,
    'The team that helps them; left out: a person of their office decides.',
    undefined,
  ),
  reason: required(NAME, 'Why they are not distributed like others.'),
});
