/** One team of an office: what it may handle, its hours, and whom it reaches by postcode or BSN. */
import { netMinutes } from '@smc/capacity';
import type { Competence } from '@smc/decision';
import { LIST_ITEMS_MAX, RANGES_PER_TEAM_MAX, type Hours, type TeamDocument } from './document.ts';
import {
  convert,
  list,
  optional,
  record,
  required,
  withSchema,
  word,
  wordOr,
  type Form,
} from './form.ts';
import { CODE, DATE, DAYS, HOURS, id, NAME, POSTCODES, SUFFIXES } from './value-forms.ts';
import type { YamlCursor } from './yaml-cursor.ts';

const COMPETENCES_MAX = 64;
const HOURS_MAX = 256;

const CODES = wordOr('all', list(CODE, { min: 1, max: LIST_ITEMS_MAX }));

const COMPETENCE = record<Competence>({
  from: required(DATE, 'The first day of it (B34).'),
  laws: required(CODES, 'The laws that the team handles: `all` or a list.'),
  products: required(CODES, 'The products that the team handles: `all` or a list.'),
  lines: optional(CODES, 'The lines that it handles (B03, B13). Default all.', 'all'),
});

const SIDE_TASK = convert(
  record({
    name: required(NAME, 'The task besides the caseload, such as werkintakes (C13).'),
    hours: required(HOURS, 'Hours a week that it takes.'),
  }),
  {
    read: ({ name, hours }) => ({ name, minutes: hours }),
    write: ({ name, minutes }) => ({ name, hours: minutes }),
  },
);

const CAPACITY: Form<Hours> = convert(
  record({
    from: required(DATE, 'The first day on which these hours are there (C16).'),
    until: optional(
      DATE,
      'The first day on which they no longer are; left out: no end (C17).',
      undefined,
    ),
    role: required(CODE, 'The role, such as verzekeringsarts or arbeidsdeskundige. No names.'),
    hours: required(HOURS, 'Contract hours a week: 36, 28.8 or 28:48.'),
    sideTasks: optional(list(SIDE_TASK, { max: 32 }), 'What is taken off (C12, C13).', []),
    exemptDays: optional(DAYS, 'Days of the week free of cases: 1 of 5 takes a fifth (E21).', 0),
    line: optional(CODE, 'The one line that these hours are for (B16).', undefined),
  }),
  {
    read: ({ hours, ...written }) => ({
      ...written,
      contractMinutes: hours,
      minutes: netOf({ ...written, contractMinutes: hours }),
    }),
    write: ({ contractMinutes, ...hours }) => ({ ...hours, hours: contractMinutes }),
  },
);

/** Never below zero: that more is taken off than there is, is a finding of the proof. */
function netOf(of: Pick<Hours, 'contractMinutes' | 'sideTasks' | 'exemptDays'>): number {
  const net = netOfContract(of);
  return net.ok ? net.value.net : 0;
}

export const netOfContract = ({
  contractMinutes,
  sideTasks,
  exemptDays,
}: Pick<Hours, 'contractMinutes' | 'sideTasks' | 'exemptDays'>) =>
  netMinutes({
    minutes: contractMinutes,
    sideTasks,
    // Half days of a week of ten.
    exempt: exemptDays === 0 ? undefined : { days: exemptDays * 2, of: 10 },
  });

type Codes = Competence['laws'];
type WrittenTeam = Omit<TeamDocument, 'office' | 'competences' | 'bsnSuffixes'> & {
  readonly laws: Codes | undefined;
  readonly products: Codes | undefined;
  readonly lines: Codes;
  readonly competences: readonly Competence[];
  readonly bsn: TeamDocument['bsnSuffixes'];
};

const WRITTEN = record<WrittenTeam>({
  id: required(id<'TeamId'>(), 'The short name of the team.'),
  name: required(NAME, 'The name of the team as people know it.'),
  from: required(DATE, 'The first day of the team.'),
  until: optional(DATE, 'The first day on which the team no longer exists.', undefined),
  profile: optional(
    word('regular', 'participatiewet', 'special-group'),
    'A regular team (default) is reached by area; the others only by the rule that names them.',
    'regular',
  ),
  laws: optional(
    CODES,
    'The laws that it handles from its first day on: `all` or a list.',
    undefined,
  ),
  products: optional(
    CODES,
    'The products that it handles from its first day on: `all` or a list.',
    undefined,
  ),
  lines: optional(CODES, 'The lines that it handles from its first day on. Default all.', 'all'),
  competences: optional(
    list(COMPETENCE, { min: 1, max: COMPETENCES_MAX }),
    'In the place of laws, products and lines: what it handles by date, the newest last (B34).',
    [],
  ),
  capacity: optional(list(CAPACITY, { max: HOURS_MAX }), 'Its hours, by date and role.', []),
  band: optional(CODE, 'The name of its bandwidth under `bands` (D01).', undefined),
  postcodes: optional(
    list(POSTCODES, { max: RANGES_PER_TEAM_MAX }),
    'The postcodes whose clients it helps: 3511, 3511-3525 or 3511AA-3511CZ.',
    [],
  ),
  bsn: optional(
    list(SUFFIXES, { max: 100 }),
    'The last two digits of the BSN whose clients it helps: 07 or 00-24.',
    [],
  ),
});

export const TEAM: Form<Omit<TeamDocument, 'office'>> = withSchema(
  convert(WRITTEN, { read: readTeam, write: writeTeam }),
  {
    oneOf: [
      { required: ['laws', 'products'], not: { required: ['competences'] } },
      {
        required: ['competences'],
        not: {
          anyOf: [{ required: ['laws'] }, { required: ['products'] }, { required: ['lines'] }],
        },
      },
    ],
  },
);

function readTeam(written: WrittenTeam, at: YamlCursor): Omit<TeamDocument, 'office'> | undefined {
  const { laws: _, products: __, lines: ___, bsn: bsnSuffixes, ...team } = written;
  const competences = competencesOf(written, at);
  return competences && { ...team, competences, bsnSuffixes };
}

function competencesOf(team: WrittenTeam, at: YamlCursor): readonly Competence[] | undefined {
  const { from, laws, products, lines, competences } = team;
  const short = laws !== undefined || products !== undefined || lines !== 'all';
  if (competences.length > 0) {
    return short ? at.expected('either competences, or laws, products and lines') : competences;
  }
  if (laws === undefined || products === undefined) {
    return at.expected('the fields laws and products, or the field competences');
  }
  return [at.problems.inherit({ from, laws, products, lines }, team)];
}

function writeTeam({
  competences,
  bsnSuffixes,
  ...team
}: Omit<TeamDocument, 'office'>): WrittenTeam {
  const [first, ...more] = competences;
  const isShort = first !== undefined && more.length === 0 && first.from === team.from;
  return {
    ...team,
    bsn: bsnSuffixes,
    laws: isShort ? first.laws : undefined,
    products: isShort ? first.products : undefined,
    lines: isShort ? first.lines : 'all',
    competences: isShort ? [] : competences,
  };
}
