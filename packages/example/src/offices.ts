/**
 * An invented arrangement ("voorbeeldinrichting"): the numbers of offices, districts, rayons and
 * bases are those of the sources (A02, A03, A04, A08); which office serves what, and every name of
 * a team, district or rayon, is made up.
 */
import codeLists from '@smc/schemas/code-lists.json' with { type: 'json' };
import type { Basis } from '@smc/domain';

export type ExampleOffice = {
  readonly id: string;
  readonly name: string;
  readonly district: string;
  readonly basis: Basis;
  /** The office is the union of these regions' Werkbedrijf offices (A06). */
  readonly regions: readonly string[];
};

export const DISTRICTS: readonly (readonly [id: string, name: string])[] = [
  ['noord', 'Noord'],
  ['overijssel', 'Overijssel'],
  ['veluwe-achterhoek', 'Veluwe en Achterhoek'],
  ['rijn-en-vallei', 'Rijn en Vallei'],
  ['midden', 'Midden'],
  ['noord-holland', 'Noord-Holland'],
  ['amsterdam', 'Amsterdam'],
  ['den-haag-leiden', 'Den Haag en Leiden'],
  ['rijnmond', 'Rijnmond'],
  ['zuidwest', 'Zuidwest'],
  ['zuidoost', 'Zuidoost'],
];

export const OFFICES: readonly ExampleOffice[] = [
  office('noord', 'Noord', 'noord', 'postcode', 'AM01 AM02 AM03'),
  office('zwolle', 'Zwolle', 'overijssel', 'postcode', 'AM36'),
  office('enschede', 'Enschede', 'overijssel', 'bsn', 'AM05'),
  office('apeldoorn', 'Apeldoorn', 'veluwe-achterhoek', 'postcode', 'AM06'),
  office('doetinchem', 'Doetinchem', 'veluwe-achterhoek', 'postcode', 'AM09'),
  office('arnhem', 'Arnhem', 'rijn-en-vallei', 'postcode', 'AM07'),
  office('nijmegen', 'Nijmegen', 'rijn-en-vallei', 'bsn', 'AM08 AM10'),
  office('ede', 'Ede', 'rijn-en-vallei', 'workload', 'AM38'),
  office('utrecht', 'Utrecht', 'midden', 'postcode', 'AM13 AM14 AM12'),
  office('lelystad', 'Lelystad', 'midden', 'bsn', 'AM11'),
  office('alkmaar', 'Alkmaar', 'noord-holland', 'postcode', 'AM15'),
  office('zaandam', 'Zaandam', 'noord-holland', 'workload', 'AM17'),
  office('haarlem', 'Haarlem', 'noord-holland', 'bsn', 'AM37'),
  office('amsterdam', 'Amsterdam', 'amsterdam', 'bsn', 'AM18'),
  office('leiden', 'Leiden', 'den-haag-leiden', 'bsn', 'AM19'),
  office('den-haag', 'Den Haag', 'den-haag-leiden', 'bsn', 'AM21'),
  office('zoetermeer', 'Zoetermeer', 'den-haag-leiden', 'workload', 'AM34'),
  office('gouda', 'Gouda', 'den-haag-leiden', 'workload', 'AM20'),
  office('rotterdam', 'Rotterdam', 'rijnmond', 'bsn', 'AM22'),
  office('dordrecht', 'Dordrecht', 'rijnmond', 'bsn', 'AM23 AM35'),
  office('goes', 'Goes', 'zuidwest', 'postcode', 'AM24'),
  office('breda', 'Breda', 'zuidwest', 'postcode', 'AM25'),
  office('tilburg', 'Tilburg', 'zuidwest', 'bsn', 'AM26'),
  office('den-bosch', 'Den Bosch', 'zuidoost', 'bsn', 'AM27'),
  office('eindhoven', 'Eindhoven', 'zuidoost', 'postcode', 'AM28 AM32'),
  office('venlo', 'Venlo', 'zuidoost', 'workload', 'AM29 AM33'),
  office('heerlen', 'Heerlen', 'zuidoost', 'postcode', 'AM30'),
];

/** Werkbedrijf's rayons and the regions whose offices they hold: one office for each (A05). */
export const RAYONS: readonly (readonly [id: string, name: string, regions: readonly string[]])[] =
  [
    rayon('groningen-drenthe', 'Groningen en Drenthe', 'AM01 AM03'),
    rayon('friesland', 'Friesland', 'AM02'),
    rayon('zwolle-twente', 'Zwolle en Twente', 'AM36 AM05'),
    rayon('veluwe-achterhoek', 'Veluwe en Achterhoek', 'AM06 AM09'),
    rayon('arnhem-ede', 'Arnhem en Ede', 'AM07 AM38'),
    rayon('rijk-en-rivieren', 'Rijk van Nijmegen en Rivieren', 'AM08 AM10'),
    rayon('flevoland', 'Flevoland', 'AM11'),
    rayon('utrecht', 'Utrecht', 'AM13'),
    rayon('eem-en-gooi', 'Eem en Gooi', 'AM14 AM12'),
    rayon('noordkop', 'Noordkop en Alkmaar', 'AM15'),
    rayon('zaan-en-ijmond', 'Zaan en IJmond', 'AM17 AM37'),
    rayon('amsterdam', 'Amsterdam', 'AM18'),
    rayon('rijn-en-gouwe', 'Rijn en Gouwe', 'AM19 AM20'),
    rayon('haaglanden', 'Haaglanden en Zoetermeer', 'AM21 AM34'),
    rayon('rijnmond', 'Rijnmond', 'AM22'),
    rayon('merwede', 'Merwede', 'AM23 AM35'),
    rayon('delta', 'Zeeland en West-Brabant', 'AM24 AM25'),
    rayon('midden-brabant', 'Midden- en Noordoost-Brabant', 'AM26 AM27'),
    rayon('kempen-en-peel', 'Kempen en Peel', 'AM28 AM32'),
    rayon('limburg', 'Limburg', 'AM29 AM30 AM33'),
  ];

/** Where a PW client of these districts gets help; the first serves all others (B06). Invented. */
export const PW_SMCS: readonly (readonly [office: string, districts: readonly string[]])[] = [
  ['utrecht', ['midden', 'rijn-en-vallei', 'veluwe-achterhoek', 'noord-holland', 'amsterdam']],
  ['noord', ['noord', 'overijssel']],
  ['rotterdam', ['den-haag-leiden', 'rijnmond', 'zuidwest', 'zuidoost']],
];

/**
 * One location for each special group (B21). The sources name three groups and three offices, and
 * not which goes with which: this choice is INVENTED, and decides nothing for the real organisation.
 */
export const SPECIAL_GROUPS: readonly (readonly [group: string, office: string, name: string])[] = [
  ['military', 'zwolle', 'Defensie'],
  ['klm', 'haarlem', 'Luchtvaart'],
  ['police', 'utrecht', 'Politie'],
];

/** Regions with few people on much land: reports show them apart (A13). */
export const RURAL_REGIONS: readonly string[] =
  'AM01 AM02 AM03 AM09 AM10 AM15 AM24 AM29 AM33 AM36'.split(' ');

export const LAWS: readonly string[] = codeLists.laws.map(({ code }) => code);
export const EMPLOYMENTS: readonly string[] = codeLists.employments.map(({ code }) => code);
export const PRODUCTS: readonly string[] = codeLists.products.map(({ code }) => code);

function office(
  ...[id, name, district, basis, regions]: readonly [string, string, string, Basis, string]
): ExampleOffice {
  return { id, name, district, basis, regions: regions.split(' ') };
}

function rayon(id: string, name: string, regions: string) {
  return [id, name, regions.split(' ')] as const;
}
