/** The words of a plan's report, in Dutch and English. `{0}` and `{1}` stand for figures and names. */
import { HANDOVER_WORDS, PARKED_WORDS, RULE_WORDS, type Language } from '@smc/decision';
import type { MOVE_CAUSES } from '../plan/plan.ts';
import type { Unreachable } from '../plan/team-set.ts';

type Words<Key extends string> = Readonly<Record<Key, Readonly<Record<Language, string>>>>;

const SENTENCES = {
  headline: {
    nl: '{0} cliënten krijgen een ander team, van de {1} wier cliëntreis loopt ({2} %).',
    en: '{0} clients get another team, of the {1} whose journey runs ({2} %).',
  },
  nobody: { nl: 'Niemand krijgt een ander team.', en: 'Nobody gets another team.' },
  asked: {
    nl: 'Afbakening {0} op {1}; doel {2}; {3} cliënten binnen bereik. Gevraagd door {4}: {5} (besluit {6}).',
    en: 'Demarcation {0} on {1}; goal {2}; {3} clients in scope. Asked by {4}: {5} (decision {6}).',
  },
  movable: {
    nl: '{0} cliënten zijn verplaatsbaar; {1} staan vast: {2}.',
    en: '{0} clients can be moved; {1} are fixed: {2}.',
  },
  elsewhere: {
    nl: '{0} gaan naar een ander kantoor, {1} daarvan naar een ander district.',
    en: '{0} go to another office, {1} of them to another district.',
  },
  employers: {
    nl: 'Hoeveel werkgevers dit raakt is niet bekend: de toestand van de router bevat geen werkgever.',
    en: "How many employers this touches is not known: the router's state holds no employer.",
  },
  work: {
    nl: 'Van hen hebben {0} een zaak waaraan gewerkt wordt, {1} alleen stilliggende zaken, {2} geen open zaak.',
    en: 'Of them {0} have a case that needs work, {1} idle cases only, {2} no open case.',
  },
  journeys: {
    nl: 'Elk van hen krijgt er in de cliëntreis een team bij: gemiddeld {0} team per lopende cliëntreis. Hoeveel teams zij eerder hadden staat niet in de toestand.',
    en: 'Each of them gets one more team in the journey: {0} team per running journey on average. How many they had before is not in the state.',
  },
  dossiers: {
    nl: 'Dossiers: {0} compleet, {1} niet ({2} zaken zonder verwijzing), {3} zonder open zaak.',
    en: 'Dossiers: {0} complete, {1} not ({2} cases without a reference), {3} without an open case.',
  },
  waiting: {
    nl: 'Zonder team in deze afbakening: {0}. Al wachtend op een medewerker: {1}; {2} daarvan zijn plaatsbaar. Kantoor kiest juist: {3}.',
    en: 'Without a team by this demarcation: {0}. Waiting for a person already: {1}; {2} more could be placed. An office is choosing: {3}.',
  },
  leftBehind: {
    nl: 'LET OP: {0} cliënten blijven bij een team dat er dan niet meer is.',
    en: 'NOTE: {0} clients stay with a team that is no longer there.',
  },
  uitkeren: {
    nl: 'Uitkeren: {0} cliënten opnieuw toedelen aan verzuimbeheer; {1} gaan naar een ander district.',
    en: 'Uitkeren: allot {0} clients anew to sickness management; {1} go to another district.',
  },
  werkbedrijf: {
    nl: 'Werkbedrijf: voor {0} cliënten een ander SMC-team als partner, bij {1} vestigingen.',
    en: 'Werkbedrijf: another SMC team as partner for {0} clients, at {1} offices.',
  },
  klantEnService: {
    nl: 'Klant & Service: {0} cliënten laten weten wie hen helpt, en hun werkgevers (aantal niet bekend).',
    en: 'Klant & Service: tell {0} clients who helps them, and their employers (number not known).',
  },
  bezwaarEnBeroep: {
    nl: 'Bezwaar & Beroep: lopende bezwaren van {0} cliënten horen bij een ander team.',
    en: 'Bezwaar & Beroep: running objections of {0} clients belong with another team.',
  },
  handhaving: {
    nl: 'Handhaving: {0} cliënten hebben een ander team als aanspreekpunt.',
    en: 'Handhaving: {0} clients have another team as contact.',
  },
  reached: {
    nl: '{0}: doel bereikt met {1} verplaatsingen; minder kan niet ({2}).',
    en: '{0}: goal reached with {1} moves; fewer is impossible ({2}).',
  },
  unreachable: {
    nl: '{0}: doel niet bereikbaar, niemand verplaatst: {1}.',
    en: '{0}: the goal cannot be reached, nobody is moved: {1}.',
  },
  closedForm: { nl: 'gesloten formule', en: 'closed form' },
  flow: { nl: 'goedkoopste stroom', en: 'cheapest flow' },
  bands: {
    nl: 'Teams onder, binnen en boven hun band: eerst {0}, {1} en {2}; daarna {3}, {4} en {5}.',
    en: 'Teams under, within and over their band: {0}, {1} and {2} before; {3}, {4} and {5} after.',
  },
  zwOnly: {
    nl: 'Teams met enkel ZW: eerst {0}, daarna {1}.',
    en: 'Teams with cases of the ZW alone: {0} before, {1} after.',
  },
  noClaim: {
    nl: 'Dit rapport doet geen uitspraak over tijdigheid of kwaliteit van de dienstverlening.',
    en: 'This report makes no claim on how timely or how good the help is.',
  },
  balance: {
    nl: 'Team {0} heeft {1} cliënten en houdt er {2}; team {3} heeft er {4} en krijgt er {5}.',
    en: 'Team {0} has {1} clients and keeps {2}; team {3} has {4} and comes to {5}.',
  },
  otherState: {
    nl: 'LET OP: de plannen zijn op een verschillende stand berekend.',
    en: 'NOTE: the plans were computed on different states.',
  },
  differ: {
    nl: 'Beide verplaatsen {0} cliënten naar hetzelfde team en {1} naar verschillende; alleen het eerste {2}, alleen het tweede {3}.',
    en: 'Both move {0} clients to the same team and {1} to different ones; only the first {2}, only the second {3}.',
  },
  none: { nl: 'geen', en: 'none' },
} as const satisfies Words<string>;

const TITLES = {
  divisions: { nl: 'Wat de divisies te doen staat', en: 'What the divisions have to do' },
  goal: { nl: 'Doel', en: 'Goal' },
  moves: { nl: 'Wie naar wie', en: 'Who goes to whom' },
  causes: { nl: 'Waarom', en: 'Why' },
  cases: { nl: 'Zaken die meegaan', en: 'Cases that go along' },
  areas: { nl: 'Stad en land', en: 'Town and country' },
  teams: { nl: 'Teams', en: 'Teams' },
  waits: { nl: 'Wie op een medewerker wacht', en: 'Who waits for a person' },
  partners: { nl: 'Partners bij Werkbedrijf', en: 'Partners at Werkbedrijf' },
  sample: { nl: 'Steekproef', en: 'Sample' },
  comparison: { nl: 'Naast elkaar', en: 'Side by side' },
} as const satisfies Words<string>;

const COLUMNS = {
  from: { nl: 'van', en: 'from' },
  to: { nl: 'naar', en: 'to' },
  clients: { nl: 'cliënten', en: 'clients' },
  cases: { nl: 'zaken', en: 'cases' },
  cause: { nl: 'oorzaak', en: 'cause' },
  law: { nl: 'wet', en: 'law' },
  line: { nl: 'lijn', en: 'line' },
  area: { nl: 'gebied', en: 'area' },
  team: { nl: 'team', en: 'team' },
  now: { nl: 'nu', en: 'now' },
  out: { nl: 'weg', en: 'out' },
  in: { nl: 'erbij', en: 'in' },
  later: { nl: 'straks', en: 'later' },
  perHour: { nl: 'per uur', en: 'an hour' },
  band: { nl: 'band', en: 'band' },
  largest: { nl: 'grootste soort', en: 'largest kind' },
  code: { nl: 'waarom', en: 'why' },
  before: { nl: 'eerst', en: 'before' },
  after: { nl: 'daarna', en: 'after' },
  first: { nl: 'eerste', en: 'first' },
  second: { nl: 'tweede', en: 'second' },
} as const satisfies Words<string>;

const CODES: Words<string> = {
  under: { nl: 'onder', en: 'under' },
  within: { nl: 'binnen', en: 'within' },
  over: { nl: 'boven', en: 'over' },
  none: { nl: '-', en: '-' },
  all: { nl: 'alles', en: 'all' },
  rural: { nl: 'landelijk', en: 'rural' },
  urban: { nl: 'stedelijk', en: 'urban' },
  unknown: { nl: 'onbekend', en: 'unknown' },
  'approved-handover': { nl: 'goedgekeurde overdracht', en: 'approved handover' },
};

const OWN_CAUSES: Words<(typeof MOVE_CAUSES)[number]> = {
  demarcation: {
    nl: 'de afbakening wijst een ander team aan',
    en: 'the demarcation names another team',
  },
  balance: { nl: 'de aantallen van de teams', en: "the teams' numbers" },
};

const UNREACHABLE: Words<Unreachable['code']> = {
  HOURS_UNKNOWN: {
    nl: 'van een team zijn de uren niet bekend',
    en: 'the hours of a team are not known',
  },
  NO_HOURS: { nl: 'geen team heeft uren op die dag', en: 'no team has hours on that day' },
  NO_WHOLE_NUMBER_IN_BAND: {
    nl: 'er ligt geen heel aantal binnen de band van een team',
    en: 'no whole number lies in the band of a team',
  },
  TOO_MANY_CLIENTS: { nl: 'er zijn te veel cliënten', en: 'there are too many clients' },
  TOO_FEW_CLIENTS: { nl: 'er zijn te weinig cliënten', en: 'there are too few clients' },
  CLIENTS_DO_NOT_FIT: {
    nl: 'de verplaatsbare cliënten passen niet bij wat de teams mogen',
    en: 'the clients who can be moved do not fit what the teams may handle',
  },
};

/** Looks words up in one language. A code that it does not know shows as it is. */
export class WordsIn {
  readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  say(name: keyof typeof SENTENCES, ...values: readonly (string | number)[]): string {
    return SENTENCES[name][this.language].replace(/\{([0-9])\}/g, (_, place: string) => {
      return this.show(values[Number(place)] ?? '?');
    });
  }

  title = (name: keyof typeof TITLES): string => TITLES[name][this.language];
  column = (name: keyof typeof COLUMNS): string => COLUMNS[name][this.language];
  cause = (code: string): string => this.#of({ ...HANDOVER_WORDS, ...OWN_CAUSES }, code);
  unreachable = (code: Unreachable['code']): string => UNREACHABLE[code][this.language];
  code = (code: string): string => this.#of({ ...PARKED_WORDS, ...RULE_WORDS, ...CODES }, code);

  /** 1234 as 1.234 or 1,234. */
  show(value: string | number): string {
    if (typeof value === 'string') return value;
    return value.toLocaleString(this.language === 'nl' ? 'nl-NL' : 'en-GB');
  }

  #of(words: Words<string>, code: string): string {
    return words[code]?.[this.language] ?? code;
  }
}
