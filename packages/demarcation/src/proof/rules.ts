/**
 * The rules that a demarcation is proved by. A finding names its rule; the rule says what must hold,
 * what to do where it does not, and which requirement asks for it.
 */
export type Severity = 'error' | 'warning' | 'information';

export type Rule = {
  readonly severity: Severity;
  /** What must hold, or what is told. */
  readonly sentence: string;
  readonly remedy: string;
  /** Ids of the requirements; `form` for what no document can do without. */
  readonly requirement: string;
};

const error = (requirement: string, sentence: string, remedy: string): Rule => ({
  severity: 'error',
  sentence,
  remedy,
  requirement,
});
const warning = (requirement: string, sentence: string, remedy: string): Rule => ({
  severity: 'warning',
  sentence,
  remedy,
  requirement,
});

export const RULES = {
  'FORM-FILE': error(
    'form',
    'A version is a folder with demarcation.yaml, offices/*.yaml and postcodes.csv, each of a size that people write.',
    'Add the file, or make it smaller.',
  ),
  'FORM-YAML': error(
    'form',
    'A .yaml file is readable YAML without duplicate keys, references, tags or tabs.',
    'Correct the text at this place.',
  ),
  'FORM-FIELD': error(
    'form',
    'Every field has a name that the document knows and a value of its kind; none is missing.',
    'Write what is expected here.',
  ),
  'FORM-CSV': error(
    'form',
    'Each line of postcodes.csv is postcodes,office,arbeidsmarktregio.',
    'Correct the line.',
  ),
  'FORM-TWICE': error('form', 'A name stands for one thing.', 'Rename or remove one of the two.'),
  'FORM-UNKNOWN': error(
    'form',
    'Everything that the document refers to is in the document.',
    'Correct the name, or add what it refers to.',
  ),
  'A02-GAP': error(
    'A02',
    'Every postcode from 1000 to 9999 belongs to an office.',
    'Give these postcodes to an office in postcodes.csv.',
  ),
  'A02-OVERLAP': error(
    'A02',
    'A postcode belongs to one office.',
    'Take the postcodes out of one of the two lines.',
  ),
  'A02-EMPTY': error(
    'A02',
    'Every office has postcodes.',
    'Give the office postcodes in postcodes.csv, or remove it.',
  ),
  'A02-ROUTE': warning(
    'A02, A08',
    'An office that clients without a postcode are sent to can place them.',
    'Send them to an office that divides by BSN, by workload or by hand, or choose park.',
  ),
  'A05-WERKBEDRIJF': error(
    'A05',
    "Every arbeidsmarktregio has one office of Werkbedrijf, so that a client's can be told.",
    'Add the office under werkbedrijfOffices, or take out one of several.',
  ),
  'A06-UNION': error(
    'A06',
    "The postcodes of an office are those of its offices of Werkbedrijf together: an arbeidsmarktregio isn't cut.",
    'Give the whole arbeidsmarktregio to one office, or record an exception to A06.',
  ),
  'A07-REGIONS': error(
    'A07',
    "An office is connected to one or two arbeidsmarktregio's.",
    'Change the borders, or record an exception to A07.',
  ),
  'A08-BASIS': error(
    'A08, A21',
    'On every day each office has a basis by which it divides its clients.',
    'Add a basis that begins on or before this day.',
  ),
  'A08-GAP': error(
    'A08',
    'Where an office divides by postcode, each of its postcodes reaches a team for every kind of case.',
    'Give these postcodes to a team that takes such cases.',
  ),
  'A08-OVERLAP': error(
    'A08, A17, B32',
    'A postcode has one team for a kind of case, unless sharedRanges says that several share it.',
    'Take the postcodes from one of the teams, or list them with both teams under sharedRanges.',
  ),
  'A08-BSN-GAP': error(
    'A08',
    'Where an office divides by BSN, all last digits 00 to 99 reach a team for every kind of case.',
    'Give these last digits to a team that takes such cases.',
  ),
  'A08-BSN-OVERLAP': error(
    'A08',
    'Where an office divides by BSN, last digits have one team for a kind of case.',
    'Take the last digits from one of the teams.',
  ),
  'A09-HOURS': error(
    'A08, A09',
    'Where an office divides by workload, some team has hours for every kind of case.',
    'Add capacity for this time, or choose another basis from this day on.',
  ),
  'A09-TEAM-HOURS': warning(
    'A09',
    'Where an office divides by workload, each team has hours; one without gets no cases.',
    'Add capacity for this time, if the team should get cases.',
  ),
  'A17-TEAMS': error(
    'A17, B42',
    'From a sensitive neighbourhood two or more teams are reached.',
    'Divide its postcodes over two teams, or list them under sharedRanges.',
  ),
  'A17-PLACE': error(
    'A17',
    'A sensitive neighbourhood lies inside its office.',
    'Move it to the file of the office that its postcodes belong to.',
  ),
  'A17-SHARE': {
    severity: 'information',
    sentence: 'Which part of a sensitive neighbourhood each team gets.',
    remedy: 'Nothing: this tells what the document brings about.',
    requirement: 'A17, B32',
  },
  'A17-SHARED': error(
    'A17, B32',
    'Each team of a shared range has all of its postcodes among its own.',
    'Add the postcodes to the team, or correct sharedRanges.',
  ),
  'A17-HOURS': error(
    'A17, B32',
    'Teams that share postcodes have hours, all of them or none: shares follow the hours.',
    'Add capacity for this time, or take the team out of the shared range.',
  ),
  'B01-RANGE': error(
    'B01',
    "A team's postcodes belong to its office.",
    'Correct the range, or record an exception to B01 for the team.',
  ),
  'B01-REGION': error(
    'B01',
    "A team's postcodes lie in one arbeidsmarktregio.",
    'Divide the range over two teams, or record an exception to B01 for the team.',
  ),
  'B06-PW': error(
    'B06',
    'Clients of the Participatiewet have an SMC of their own, every day.',
    'Name a team with the profile participatiewet under participatiewet.',
  ),
  'B06-PROFILE': error(
    'B06',
    'The SMC of the Participatiewet has the profile participatiewet, so that nobody else reaches it.',
    'Give the team the profile participatiewet, or name another team.',
  ),
  'B07-SAMENLOOP': error(
    'B07',
    'The SMC of the Participatiewet takes every kind of case: samenloop with ZW and WIA goes there.',
    'Let the team take these cases, or state under byHand that a person decides.',
  ),
  'B12-LINE': error(
    'B12',
    'Where there are lines, every law and employment has one.',
    'Add the combination to lineTable.',
  ),
  'B12-TWICE': error('B12', 'A law and employment have one line.', 'Remove one of the two rows.'),
  'B12-COMBINATION': error(
    'B12, B03',
    'At every office some team takes each law, product and line.',
    'Let a team take them, or state under byHand that a person decides.',
  ),
  'B14-ZW-ONLY': error(
    'B14',
    'No team takes only ZW, the Participatiewet excepted.',
    'Let the team take another law too.',
  ),
  'B16-LINE': error(
    'B16',
    'Hours for a line are of a team that works for that line.',
    'Correct the line of the hours, or the lines of the team.',
  ),
  'B21-LOCATION': error(
    'B21',
    'A special group is helped by one team, every day.',
    'Name each group once, with a team that exists from the first day on.',
  ),
  'B21-UNDECIDED': error(
    'B21, B22',
    'It is decided where each special group is helped.',
    'Replace undecided by a team: until then the version can be written but not activated.',
  ),
  'B21-PROFILE': error(
    'B22',
    'The team of a special group has the profile special-group, so that nobody else reaches it.',
    'Give the team the profile special-group, or name another team.',
  ),
  'B21-COMBINATION': error(
    'B21',
    'The team of a special group takes every kind of case.',
    'Let the team take these cases, or state under byHand that a person decides.',
  ),
  'B22-UNREACHED': warning(
    'B06, B22',
    'A team with a profile of its own is named by the rule that leads to it.',
    'Name the team under participatiewet or specialGroups, or make it regular.',
  ),
  'B33-FLOOR': error(
    'B33, C24, C25',
    'Roles that must be there are there, in every regular team or office.',
    'Add hours of this role, or lower the floor.',
  ),
  'B34-LATE': warning(
    'B34',
    'A team may handle something from its first day on.',
    "Let the first competence begin on the team's first day, or the team later.",
  ),
  'B38-EXCEPTION': error(
    'B38',
    'A recorded exception names the decision that allows it.',
    'Add decision: with the reference.',
  ),
  'C03-GAP': error(
    'C03',
    'Classes cover everyone.',
    'Widen a class or add one, so that nobody falls between them.',
  ),
  'C03-OVERLAP': error('C03', 'Nobody is in two classes.', 'Move the border of one class.'),
  'C03-ORDER': error('C03', 'A class ends after it begins.', 'Exchange from and to.'),
  'C05-TEAM': error(
    'C05, C27',
    'The team of an exclusion exists as long as the exclusion holds.',
    'Name another team, or end the exclusion before the team ends.',
  ),
  'C05-ENDED': warning(
    'C05',
    'An exclusion holds for some day of the version.',
    'Remove the exclusion.',
  ),
  'C12-NET': error(
    'C12, E21',
    'Side tasks and exempt days take no more than the contract.',
    'Correct the hours.',
  ),
  'C17-ENDS': warning(
    'C17',
    'Hours that are there do not end within 90 days.',
    'Find who takes over, or renew the hours.',
  ),
  'D01-BAND': error('D01', 'A band begins below its end.', 'Exchange min and max.'),
  'DATE-ORDER': error(
    'A21, B34, C16',
    'What ends does so after it began; dated lists ascend.',
    'Correct the date.',
  ),
  'DATE-ENDED': error(
    'B29',
    'A team exists on some day of the version.',
    'Leave the team out of this version.',
  ),
  'E19-NORM': warning(
    'E19',
    'Where there are norm times, every product has one.',
    'Add the minutes of the product.',
  ),
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;

export const severityOf = (rule: RuleId): Severity => RULES[rule].severity;
