/**
 * Explanations in words. A decision carries codes with parameters; the sentences stand here, in
 * Dutch and English, and a code without its sentence does not compile. No sentence holds a name,
 * a BSN or a postcode in full (B37).
 */
import type {
  AddressKind,
  Basis,
  HandoverCause,
  ParkedCode,
  Reason,
  ReasonCode,
  Rule,
} from '@smc/domain';
import type { PrecedenceRule } from './demarcation.ts';
import type { Ineligibility } from './eligible.ts';

export type Language = 'nl' | 'en';

type Words<Key extends string> = Readonly<Record<Key, Readonly<Record<Language, string>>>>;

export const RULE_WORDS: Words<Rule> = {
  participatiewet: { nl: 'Participatiewet', en: 'Participatiewet' },
  group: { nl: 'bijzondere cliëntgroep', en: 'special client group' },
  journey: { nl: 'lopende cliëntreis', en: 'running journey' },
  exclusion: { nl: 'uitzondering op de verdeling', en: 'exclusion from the distribution' },
  postcode: { nl: 'postcode', en: 'postcode' },
  bsn: { nl: 'laatste twee cijfers van het BSN', en: 'last two digits of the BSN' },
  workload: { nl: 'werklast', en: 'workload' },
};

export const PARKED_WORDS: Words<ParkedCode> = {
  MANUAL_BASIS: {
    nl: 'het kantoor verdeelt zijn cliënten met de hand',
    en: 'the office divides its clients by hand',
  },
  POSTCODE_UNKNOWN: {
    nl: 'de postcode hoort bij geen kantoor',
    en: 'the postcode belongs to no office',
  },
  ADDRESS_POSTBUS: { nl: 'het adres is een postbus', en: 'the address is a PO box' },
  ADDRESS_FOREIGN: { nl: 'het adres is in het buitenland', en: 'the address is abroad' },
  ADDRESS_SECRET: { nl: 'het adres is geheim', en: 'the address is secret' },
  ADDRESS_NONE: { nl: 'er is geen adres bekend', en: 'no address is known' },
  NO_DEMARCATION_ON_DATE: {
    nl: 'op die dag geldt geen afbakening',
    en: 'no demarcation holds on that day',
  },
  NO_BASIS_ON_DATE: {
    nl: 'het kantoor heeft op die dag geen verdeling die toegepast kan worden',
    en: 'the office has no basis on that day that can be applied',
  },
  NO_TEAM_FOR_CASE: {
    nl: 'geen team van het kantoor kan deze zaak behandelen',
    en: 'no team of the office can handle this case',
  },
  GROUPS_CONTRADICT: {
    nl: 'de cliënt hoort bij meer dan één bijzondere groep',
    en: 'the client belongs to more than one special group',
  },
  GROUP_UNDECIDED: {
    nl: 'er is nog geen locatie gekozen voor de bijzondere groep',
    en: 'no location has been chosen for the special group yet',
  },
  PARTICIPATIEWET_UNDECIDED: {
    nl: 'er is geen SMC voor de Participatiewet aangewezen',
    en: 'no SMC has been appointed for the Participatiewet',
  },
  EXCLUDED: {
    nl: 'de cliënt is uitgezonderd van de verdeling',
    en: 'the client is excluded from the distribution',
  },
};

export const HANDOVER_WORDS: Words<HandoverCause> = {
  'team-ended': { nl: 'het team bestaat niet meer', en: 'the team no longer exists' },
  'team-cannot-handle': {
    nl: 'het team mag deze wet of dit product niet behandelen',
    en: 'the team may not handle this law or product',
  },
  samenloop: {
    nl: 'de cliënt heeft nu een uitkering van de Participatiewet (samenloop)',
    en: 'the client receives Participatiewet benefit by now (samenloop)',
  },
  'naloop-ended': {
    nl: 'de naloop na de Participatiewet is voorbij',
    en: 'the time after the Participatiewet (naloop) is over',
  },
  'special-group': {
    nl: 'de cliënt hoort nu bij een bijzondere groep',
    en: 'the client belongs to a special group by now',
  },
  'group-ended': {
    nl: 'de cliënt hoort niet meer bij de bijzondere groep',
    en: 'the client no longer belongs to the special group',
  },
  exclusion: {
    nl: 'de cliënt is uitgezonderd van de verdeling',
    en: 'the client is excluded from the distribution',
  },
  moved: {
    nl: 'de cliënt is verhuisd en volgt het nieuwe adres',
    en: 'the client has moved and follows the new address',
  },
};

const BASIS_WORDS: Words<Basis> = {
  postcode: { nl: 'op postcode', en: 'by postcode' },
  bsn: { nl: 'op BSN', en: 'by BSN' },
  workload: { nl: 'op werklast', en: 'by workload' },
  manual: { nl: 'met de hand', en: 'by hand' },
};

const ADDRESS_WORDS: Words<AddressKind> = {
  dutch: { nl: 'een Nederlands adres', en: 'a Dutch address' },
  postbus: { nl: 'een postbus', en: 'a PO box' },
  foreign: { nl: 'een adres in het buitenland', en: 'an address abroad' },
  secret: { nl: 'een geheim adres', en: 'a secret address' },
  none: { nl: 'geen bekend adres', en: 'no known address' },
};

const INELIGIBLE_WORDS: Words<Ineligibility> = {
  'not-begun': { nl: 'het begint pas op', en: 'it only begins on' },
  ended: { nl: 'het is gestopt op', en: 'it ended on' },
  law: { nl: 'het behandelt deze wet niet:', en: 'it does not handle this law:' },
  product: { nl: 'het behandelt dit product niet:', en: 'it does not handle this product:' },
  line: { nl: 'het behandelt deze lijn niet:', en: 'it does not handle this line:' },
  capacity: { nl: 'het heeft geen uren op', en: 'it has no hours on' },
};

const PRECISION_WORDS: Words<'pc4' | 'pc6'> = {
  pc4: { nl: 'postcodegebied', en: 'postcode area' },
  pc6: { nl: 'afzonderlijke postcodes binnen', en: 'single postcodes within' },
};

/**
 * `{0}` stands for the first parameter, `{1:basis}` for the second in the words of that list, and
 * `{*:rule}` for all of them.
 */
const SENTENCES: Words<ReasonCode> = {
  JOURNEY_KEEPS_TEAM: {
    nl: 'De cliëntreis loopt nog: team {0} blijft de cliënt helpen.',
    en: 'The journey is still running: team {0} goes on helping the client.',
  },
  JOURNEY_NONE_RUNNING: {
    nl: 'Er loopt geen cliëntreis.',
    en: 'No journey is running.',
  },
  JOURNEY_ENDED: {
    nl: 'De vorige cliëntreis is voorbij: de laatste zaak sloot op {0}, {1} maanden of langer geleden.',
    en: 'The last journey is over: its last case closed on {0}, at least {1} months ago.',
  },
  JOURNEY_TEAM_ENDED: {
    nl: 'De cliëntreis loopt nog, maar team {0} bestaat niet meer.',
    en: 'The journey is still running, but team {0} no longer exists.',
  },
  JOURNEY_TEAM_CANNOT_HANDLE: {
    nl: 'De cliëntreis loopt nog, maar team {0} mag {1}, {2} niet behandelen.',
    en: 'The journey is still running, but team {0} may not handle {1}, {2}.',
  },
  OFFICE_BY_POSTCODE: {
    nl: 'De postcode hoort bij kantoor {0}.',
    en: 'The postcode belongs to office {0}.',
  },
  OFFICE_BY_POSTCODE_EXCEPTION: {
    nl: 'De postcode hoort bij kantoor {0}, als uitzondering op zijn vier cijfers.',
    en: 'The postcode belongs to office {0}, as an exception to its four digits.',
  },
  OFFICE_BY_ROUTE: {
    nl: 'De cliënt heeft {1:address}; daarvoor is kantoor {0} aangewezen.',
    en: 'The client has {1:address}, for which office {0} is appointed.',
  },
  BASIS_OF_OFFICE: {
    nl: 'Kantoor {0} verdeelt sinds {2} {1:basis}.',
    en: 'Since {2} office {0} has divided its clients {1:basis}.',
  },
  TEAM_BY_POSTCODE: {
    nl: 'Team {0} helpt {3:precision} {1} tot en met {2}.',
    en: 'Team {0} serves {3:precision} {1} to {2}.',
  },
  TEAM_BY_BSN: {
    nl: 'Team {0} helpt wie een BSN heeft dat eindigt op {1} tot en met {2}.',
    en: 'Team {0} serves those whose BSN ends in {1} to {2}.',
  },
  TEAM_INELIGIBLE: {
    nl: 'Team {0} komt niet in aanmerking: {1:ineligible} {2}.',
    en: 'Team {0} does not come into question: {1:ineligible} {2}.',
  },
  PARKED: {
    nl: 'De zaak wacht op een medewerker: {0:parked}.',
    en: 'The case waits for a person: {0:parked}.',
  },
  PLACED_AFTER_PARKING: {
    nl: 'De zaak wachtte op een medewerker ({0:parked}) en kan nu toegewezen worden.',
    en: 'The case was waiting for a person ({0:parked}) and can be assigned by now.',
  },
  RULES_PASSED: {
    nl: 'Eerst bekeken en niet van toepassing: {*:rule}.',
    en: 'Looked at before and not applicable: {*:rule}.',
  },
  PARTICIPATIEWET_CLIENT: {
    nl: 'De cliënt heeft een uitkering van de Participatiewet; die bepaalt, niet de wet van de zaak.',
    en: 'The client receives Participatiewet benefit; that decides, not the law of the case.',
  },
  PARTICIPATIEWET_NALOOP: {
    nl: 'De uitkering van de Participatiewet eindigde op {0}; de naloop duurt {1} maanden.',
    en: 'The Participatiewet benefit ended on {0}; the naloop lasts {1} months.',
  },
  PARTICIPATIEWET_NALOOP_ENDED: {
    nl: 'De uitkering van de Participatiewet eindigde op {0}; de naloop van {1} maanden is voorbij.',
    en: 'The Participatiewet benefit ended on {0}; the naloop of {1} months is over.',
  },
  PARTICIPATIEWET_TEAM: {
    nl: 'Voor deze cliënten is het SMC Participatiewet {0} aangewezen.',
    en: 'The Participatiewet SMC {0} is appointed for these clients.',
  },
  GROUP_MEMBER: {
    nl: 'De cliënt hoort bij de bijzondere groep {0}.',
    en: 'The client belongs to the special group {0}.',
  },
  GROUP_FORMER_MEMBER: {
    nl: 'De cliënt hoorde bij de bijzondere groep {0}; voormalig werk telt mee.',
    en: 'The client belonged to the special group {0}; former work counts.',
  },
  GROUP_FORMER_NOT_COUNTED: {
    nl: 'De cliënt hoorde bij de bijzondere groep {0}, maar voormalig werk telt daar niet mee.',
    en: 'The client belonged to the special group {0}, but former work does not count there.',
  },
  GROUPS_CONTRADICT: {
    nl: 'De groepen {0} en {1} worden op verschillende locaties geholpen.',
    en: 'The groups {0} and {1} are served in different locations.',
  },
  GROUP_TEAM: {
    nl: 'Voor deze groep is team {0} aangewezen.',
    en: 'Team {0} is appointed for this group.',
  },
  EXCLUDED_FROM_DISTRIBUTION: {
    nl: 'De cliënt is uitgezonderd van de verdeling: {0}.',
    en: 'The client is excluded from the distribution: {0}.',
  },
  EXCLUSION_ENDED: {
    nl: 'De uitzondering {0} gold tot {1}.',
    en: 'The exclusion {0} held until {1}.',
  },
  JOURNEY_NALOOP_ENDED: {
    nl: 'De cliëntreis loopt nog, maar team {0} helpt alleen cliënten van de Participatiewet.',
    en: 'The journey is still running, but team {0} serves clients of the Participatiewet only.',
  },
  JOURNEY_GROUP_ENDED: {
    nl: 'De cliëntreis loopt nog, maar team {0} helpt alleen een bijzondere groep.',
    en: 'The journey is still running, but team {0} serves a special group only.',
  },
  JOURNEY_CLIENT_MOVED: {
    nl: 'De cliëntreis loopt nog bij team {0}, maar de cliënt is verhuisd en volgt het adres.',
    en: 'The journey is still running with team {0}, but the client has moved and follows the address.',
  },
  LINE_OF_CASE: {
    nl: 'De zaak hoort bij de lijn {0}.',
    en: 'The case belongs to the line {0}.',
  },
  LINE_UNKNOWN: {
    nl: 'Voor wet {0} met dienstverband {1} is geen lijn bekend.',
    en: 'No line is known for law {0} with employment {1}.',
  },
  TEAM_BY_SHARE: {
    nl: '{1} teams delen dit gebied naar beschikbare uren; het lot van deze cliënt wijst team {0} aan.',
    en: '{1} teams share this area by available hours; the lot of this client points to team {0}.',
  },
  TEAM_BY_WORKLOAD: {
    nl: 'Team {0} heeft de laagste werklast: {1} gewogen zaken op {2} uur per week ({3} teams vergeleken).',
    en: 'Team {0} has the lowest load: {1} weighted cases on {2} hours a week ({3} teams compared).',
  },
  NEXT_BY_WORKLOAD: {
    nl: 'Daarna kwam team {0}: {1} gewogen zaken op {2} uur per week.',
    en: 'Next came team {0}: {1} weighted cases on {2} hours a week.',
  },
  BAND_ABOVE: {
    nl: 'Team {0} zit met {1} gewogen zaken per uur boven zijn bandbreedte ({2} tot {3}): bespreek dit.',
    en: 'With {1} weighted cases per hour team {0} is above its band ({2} to {3}): talk about it.',
  },
  BAND_BELOW: {
    nl: 'Team {0} zit met {1} gewogen zaken per uur onder zijn bandbreedte ({2} tot {3}).',
    en: 'With {1} weighted cases per hour team {0} is below its band ({2} to {3}).',
  },
};

const PRECEDENCE_WORDS: Words<PrecedenceRule> = {
  ...RULE_WORDS,
  area: { nl: 'gebied', en: 'area' },
};

const LISTS: Readonly<Record<string, Words<string>>> = {
  address: ADDRESS_WORDS,
  basis: BASIS_WORDS,
  ineligible: INELIGIBLE_WORDS,
  parked: PARKED_WORDS,
  precision: PRECISION_WORDS,
  rule: PRECEDENCE_WORDS,
};

/** One sentence per step. A parameter that is missing shows as `?`, an unknown word as it is. */
export function explain(reasons: readonly Reason[], language: Language): string[] {
  return reasons.map(({ code, parameters }) =>
    SENTENCES[code][language].replace(
      /\{([0-9*])(?::([a-z]+))?\}/g,
      (_, position: string, list: string | undefined) => {
        const values = position === '*' ? parameters : [parameters[Number(position)] ?? '?'];
        const inWords = (value: string) =>
          list === undefined ? value : (LISTS[list]?.[value]?.[language] ?? value);
        return values.map(inWords).join(', ');
      },
    ),
  );
}
