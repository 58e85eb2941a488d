/**
 * How fields are called in the words of a comparison, and under which heading they stand, in the
 * order in which a reader wants them. A field that is not named here stands under its own name at
 * the end, so that no change goes unsaid.
 */
import type { Language } from '@smc/decision';
import type { Worded } from '../words.ts';
import { isList, isMap, type Written } from './list-changes.ts';

export const SECTIONS: Readonly<Record<string, Worded>> = {
  offices: { nl: 'Kantoren', en: 'Offices' },
  teams: { nl: 'Teams', en: 'Teams' },
  participatiewet: { nl: 'Participatiewet', en: 'Participatiewet' },
  specialGroups: { nl: 'Bijzondere cliëntgroepen', en: 'Special groups' },
  exclusions: { nl: 'Uitzonderingen op de verdeling', en: 'Exclusions from the distribution' },
  lines: { nl: 'Lijnen', en: 'Lines' },
  lineTable: { nl: 'Welke zaak bij welke lijn hoort', en: 'Which case belongs to which line' },
  byHand: { nl: 'Met de hand te verdelen', en: 'Divided by hand' },
  sharedRanges: { nl: 'Gedeelde postcodes', en: 'Shared postcodes' },
  sensitiveNeighbourhoods: { nl: 'Gevoelige buurten', en: 'Sensitive neighbourhoods' },
  capacity: { nl: 'Uren', en: 'Hours' },
  roleFloors: { nl: 'Ten minste aanwezige rollen', en: 'Role floors' },
  bands: { nl: 'Bandbreedtes', en: 'Bands' },
  weights: { nl: 'Gewichten', en: 'Weights' },
  normTimes: { nl: 'Normtijden', en: 'Norm times' },
  settings: { nl: 'Instellingen', en: 'Settings' },
  laws: { nl: 'Wetten', en: 'Laws' },
  products: { nl: 'Producten', en: 'Products' },
  employments: { nl: 'Dienstverbanden', en: 'Kinds of employment' },
  districts: { nl: 'Districten', en: 'Districts' },
  arbeidsmarktregios: { nl: "Arbeidsmarktregio's", en: "Arbeidsmarktregio's" },
  werkbedrijfOffices: { nl: 'Kantoren van het Werkbedrijf', en: "Werkbedrijf's offices" },
  rayons: { nl: 'Rayons', en: 'Rayons' },
  classifications: { nl: 'Klassen', en: 'Classes' },
  exceptions: { nl: 'Vastgelegde afwijkingen', en: 'Recorded exceptions' },
  description: { nl: 'Omschrijving', en: 'Description' },
};

const FIELDS: Readonly<Record<string, Worded>> = {
  ...SECTIONS,
  band: { nl: 'bandbreedte', en: 'band' },
  bsn: { nl: 'laatste cijfers van het BSN', en: 'last digits of the BSN' },
  byOffice: { nl: 'per kantoor', en: 'by office' },
  categories: { nl: 'categorieën', en: 'categories' },
  character: { nl: 'aard', en: 'character' },
  competences: { nl: 'bevoegdheid', en: 'competence' },
  contractHours: { nl: 'contracturen', en: 'contract hours' },
  decision: { nl: 'besluit', en: 'decision' },
  district: { nl: 'district', en: 'district' },
  employment: { nl: 'dienstverband', en: 'employment' },
  exemptDays: { nl: 'vrijgestelde dagen', en: 'exempt days' },
  foreign: { nl: 'adres in het buitenland', en: 'address abroad' },
  from: { nl: 'vanaf', en: 'from' },
  group: { nl: 'groep', en: 'group' },
  hours: { nl: 'uren', en: 'hours' },
  idle: { nl: 'stilliggende zaak', en: 'idle case' },
  journeyEndMonths: {
    nl: 'maanden tot een cliëntreis voorbij is',
    en: 'months until a journey has ended',
  },
  law: { nl: 'wet', en: 'law' },
  line: { nl: 'lijn', en: 'line' },
  members: { nl: 'wie erbij hoort', en: 'who belongs to it' },
  municipalities: { nl: 'gemeenten', en: 'municipalities' },
  naloopMonths: { nl: 'maanden naloop', en: 'months of naloop' },
  name: { nl: 'naam', en: 'name' },
  none: { nl: 'geen adres', en: 'no address' },
  office: { nl: 'kantoor', en: 'office' },
  onMove: { nl: 'bij verhuizing', en: 'on a move' },
  postbus: { nl: 'postbus', en: 'PO box' },
  postcodes: { nl: 'postcodes', en: 'postcodes' },
  precedence: { nl: 'volgorde van de regels', en: 'order of the rules' },
  product: { nl: 'product', en: 'product' },
  profile: { nl: 'soort team', en: 'kind of team' },
  rayon: { nl: 'rayon', en: 'rayon' },
  reason: { nl: 'reden', en: 'reason' },
  role: { nl: 'rol', en: 'role' },
  routes: { nl: 'adressen zonder postcode', en: 'addresses without a postcode' },
  secret: { nl: 'geheim adres', en: 'secret address' },
  sideTasks: { nl: 'neventaken', en: 'side tasks' },
  team: { nl: 'team', en: 'team' },
  until: { nl: 'tot', en: 'until' },
};

export function fieldWord(name: string, language: Language): string | undefined {
  return FIELDS[name]?.[language].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** Under which heading a change stands. */
export function sectionOf(path: readonly string[]): string {
  const [first = '', , second, , third] = path;
  if (first !== 'offices') return first;
  if (second === 'teams') return third === 'capacity' ? 'capacity' : 'teams';
  return second === undefined || !(second in SECTIONS) ? 'offices' : second;
}

/** Texts as they are, lists with commas, maps with the names of their fields. */
export function valueWords(value: Written, language: Language): string {
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map((item) => valueWords(item, language)).join(', ');
  return Object.entries(value)
    .map(([name, field]) => `${fieldWord(name, language) ?? name} ${valueWords(field, language)}`)
    .join(', ');
}

/** What an item is called: its name and id where it has them. */
export function itemWords(value: Written, language: Language): string {
  if (!isMap(value)) return valueWords(value, language);
  const { id, name, from } = value;
  if (typeof id !== 'string' || typeof name !== 'string') return valueWords(value, language);
  const begins = typeof from === 'string' ? `, ${fieldWord('from', language)} ${from}` : '';
  return `${name === id ? name : `${name} (${id})`}${begins}`;
}
