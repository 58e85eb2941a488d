/** The set phrases of a map, in both languages. */
import type { MapBy } from './postcode-colours.ts';

const NL = {
  title: (by: MapBy, version: string) => `Afbakening ${version}: ${NL.by[by]}`,
  by: { office: 'kantoren', team: 'teams', basis: 'verdeling per kantoor' },
  one: { office: 'Kantoor', team: 'Team', basis: 'Verdeling' },
  facts: (on: string, decision: string) => `Stand op ${on}. Besluit: ${decision}.`,
  unread: 'onleesbaar',
  described: (areas: number) =>
    `Kaart van ${areas} gebieden. Een gebied met twee kleuren hoort bij meer dan één. Alles wat de kaart toont, staat ook in de tabel eronder.`,
  keys: 'Met de pijltjestoetsen ga je van gebied naar gebied.',
  legend: 'Legenda',
  legendHint: 'Kies een naam om zijn gebieden te laten uitkomen.',
  count: (areas: number, pc4s: number) => `gebieden: ${areas}, postcodes: ${pc4s}`,
  gap: 'Gat: niemand helpt hier',
  overlap: 'Overlap: meer dan één, zonder dat het is afgesproken',
  unknown: 'Geen postcodes bekend',
  flaws: 'Gaten en overlappingen',
  noFlaws: 'Er zijn geen gaten en geen overlappingen.',
  gaps: 'Gaten',
  overlaps: 'Overlappingen',
  problems: (count: number) => `Wat er mis is met dit document (${count})`,
  table: 'Alle gebieden',
  area: 'Gebied',
  postcodes: 'Postcodes',
  nobody: 'niemand',
  foot: 'Getekend naar postcodes van vier cijfers; afzonderlijke postcodes die elders horen, staan niet op de kaart.',
};

const EN: typeof NL = {
  title: (by, version) => `Demarcation ${version}: ${EN.by[by]}`,
  by: { office: 'offices', team: 'teams', basis: 'basis by office' },
  one: { office: 'Office', team: 'Team', basis: 'Basis' },
  facts: (on, decision) => `As of ${on}. Decision: ${decision}.`,
  unread: 'unreadable',
  described: (areas) =>
    `Map of ${areas} areas. An area in two colours belongs to more than one. Everything on the map stands in the table below too.`,
  keys: 'The arrow keys go from area to area.',
  legend: 'Legend',
  legendHint: 'Choose a name to make its areas stand out.',
  count: (areas, pc4s) => `areas: ${areas}, postcodes: ${pc4s}`,
  gap: 'Gap: nobody helps here',
  overlap: 'Overlap: more than one, and not on purpose',
  unknown: 'No postcodes known',
  flaws: 'Gaps and overlaps',
  noFlaws: 'There are no gaps and no overlaps.',
  gaps: 'Gaps',
  overlaps: 'Overlaps',
  problems: (count) => `What is wrong with this document (${count})`,
  table: 'All areas',
  area: 'Area',
  postcodes: 'Postcodes',
  nobody: 'nobody',
  foot: 'Drawn by four-digit postcodes; single postcodes that belong elsewhere are not on the map.',
};

export const MAP_WORDS = { nl: NL, en: EN };
export type MapWords = typeof NL;
