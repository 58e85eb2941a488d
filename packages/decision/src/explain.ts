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
import type { Ineligibility } from './eligible.ts';

export type Language = 'nl' | 'en';

type Words<Key extends string> = Readonly<Record<Key, Readonly<Record<Language, string>>>>;

export const RULE_WORDS: Words<Rule> = {
  journey: { nl: 'lopende cliëntreis', en: 'running journey' },
  postcode: { nl: 'postcode', en: 'postcode' },
  bsn: { nl: 'laatste twee cijfers van het BSN', en: 'last two digits of the BSN' },
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
};

export const HANDOVER_WORDS: Words<HandoverCause> = {
  'team-ended': { nl: 'het team bestaat niet meer', en: 'the team no longer exists' },
  'team-cannot-handle': {
    nl: 'het team mag deze wet of dit product niet behandelen',
    en: 'the team may not handle this law or product',
  },
};

const BASIS_WORDS: Words<Basis> = {
  postcode: { nl: 'op postcode', en: 'by postcode' },
  bsn: { nl: 'op BSN', en: 'by BSN' },
  workload: { nl: 'op werkdruk', en: 'by workload' },
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
};

const PRECISION_WORDS: Words<'pc4' | 'pc6'> = {
  pc4: { nl: 'postcodegebied', en: 'postcode area' },
  pc6: { nl: 'afzonderlijke postcodes binnen', en: 'single postcodes within' },
};

/** `{0}` stands for the first parameter; `{1:basis}` for the second, in the words of that list. */
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
};

const LISTS: Readonly<Record<string, Words<string>>> = {
  address: ADDRESS_WORDS,
  basis: BASIS_WORDS,
  ineligible: INELIGIBLE_WORDS,
  parked: PARKED_WORDS,
  precision: PRECISION_WORDS,
};

/** One sentence per step. A parameter that is missing shows as `?`, an unknown word as it is. */
export function explain(reasons: readonly Reason[], language: Language): string[] {
  return reasons.map(({ code, parameters }) =>
    SENTENCES[code][language].replace(
      /\{([0-9])(?::([a-z]+))?\}/g,
      (_, position: string, list: string | undefined) => {
        const value = parameters[Number(position)] ?? '?';
        return list === undefined ? value : (LISTS[list]?.[value]?.[language] ?? value);
      },
    ),
  );
}
