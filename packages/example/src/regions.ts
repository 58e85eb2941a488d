/**
 * The country in 35 arbeidsmarktregio's, roughly. The names are those of 2025; where the regions
 * meet is our own approximation in ranges of four digits, good enough for an example and for
 * nothing else.
 */
export type Region = {
  readonly id: string;
  readonly name: string;
  /** Thousands of people of working age, rounded: how the clients of the example are spread. */
  readonly people: number;
};

export const REGIONS: readonly Region[] = [
  { id: 'AM01', name: 'Groningen', people: 480 },
  { id: 'AM02', name: 'Friesland', people: 405 },
  { id: 'AM03', name: 'Drenthe', people: 175 },
  { id: 'AM05', name: 'Twente', people: 405 },
  { id: 'AM06', name: 'Veluwe Stedendriehoek', people: 360 },
  { id: 'AM07', name: 'Midden-Gelderland', people: 260 },
  { id: 'AM08', name: 'Rijk van Nijmegen', people: 215 },
  { id: 'AM09', name: 'Achterhoek', people: 185 },
  { id: 'AM10', name: 'Rivierenland', people: 160 },
  { id: 'AM11', name: 'Flevoland', people: 270 },
  { id: 'AM12', name: 'Gooi en Vechtstreek', people: 150 },
  { id: 'AM13', name: 'Midden-Utrecht', people: 575 },
  { id: 'AM14', name: 'Amersfoort', people: 215 },
  { id: 'AM15', name: 'Noord-Holland Noord', people: 425 },
  { id: 'AM17', name: 'Zaanstreek/Waterland', people: 220 },
  { id: 'AM18', name: 'Groot Amsterdam', people: 910 },
  { id: 'AM19', name: 'Holland Rijnland', people: 355 },
  { id: 'AM20', name: 'Midden-Holland', people: 125 },
  { id: 'AM21', name: 'Haaglanden', people: 565 },
  { id: 'AM22', name: 'Rijnmond', people: 920 },
  { id: 'AM23', name: 'Drechtsteden', people: 185 },
  { id: 'AM24', name: 'Zeeland', people: 235 },
  { id: 'AM25', name: 'West-Brabant', people: 440 },
  { id: 'AM26', name: 'Midden-Brabant', people: 310 },
  { id: 'AM27', name: 'Noordoost-Brabant', people: 395 },
  { id: 'AM28', name: 'Zuidoost-Brabant', people: 335 },
  { id: 'AM29', name: 'Noord-Limburg', people: 175 },
  { id: 'AM30', name: 'Zuid-Limburg', people: 375 },
  { id: 'AM32', name: 'Helmond-De Peel', people: 165 },
  { id: 'AM33', name: 'Midden-Limburg', people: 160 },
  { id: 'AM34', name: 'Zuid-Holland Centraal', people: 235 },
  { id: 'AM35', name: 'Gorinchem', people: 90 },
  { id: 'AM36', name: 'Regio Zwolle', people: 365 },
  { id: 'AM37', name: 'Zuid-Kennemerland en IJmond', people: 240 },
  { id: 'AM38', name: 'FoodValley', people: 225 },
];

/** From these four digits on, up to the next line, the region is this one. Begins at 1000. */
export const BORDERS: readonly (readonly [from: number, region: string])[] = [
  [1000, 'AM18'],
  [1120, 'AM17'],
  [1160, 'AM18'],
  [1200, 'AM12'],
  [1300, 'AM11'],
  [1380, 'AM18'],
  [1390, 'AM12'],
  [1420, 'AM18'],
  [1440, 'AM17'],
  [1600, 'AM15'],
  [1940, 'AM37'],
  [2130, 'AM18'],
  [2160, 'AM19'],
  [2240, 'AM34'],
  [2280, 'AM21'],
  [2300, 'AM19'],
  [2500, 'AM21'],
  [2630, 'AM34'],
  [2670, 'AM21'],
  [2700, 'AM34'],
  [2740, 'AM20'],
  [2770, 'AM19'],
  [2780, 'AM20'],
  [2900, 'AM22'],
  [2930, 'AM20'],
  [2950, 'AM23'],
  [2980, 'AM22'],
  [3260, 'AM23'],
  [3380, 'AM35'],
  [3390, 'AM13'],
  [3740, 'AM14'],
  [3770, 'AM38'],
  [3800, 'AM14'],
  [3840, 'AM06'],
  [3860, 'AM14'],
  [3900, 'AM38'],
  [3930, 'AM13'],
  [4000, 'AM10'],
  [4120, 'AM13'],
  [4140, 'AM35'],
  [4150, 'AM10'],
  [4200, 'AM35'],
  [4300, 'AM24'],
  [4600, 'AM25'],
  [5000, 'AM26'],
  [5180, 'AM27'],
  [5500, 'AM28'],
  [5700, 'AM32'],
  [5780, 'AM29'],
  [5820, 'AM27'],
  [5850, 'AM29'],
  [6000, 'AM33'],
  [6110, 'AM30'],
  [6500, 'AM08'],
  [6660, 'AM07'],
  [6700, 'AM38'],
  [6750, 'AM07'],
  [7000, 'AM09'],
  [7200, 'AM06'],
  [7240, 'AM09'],
  [7300, 'AM06'],
  [7440, 'AM05'],
  [7690, 'AM36'],
  [7740, 'AM03'],
  [7940, 'AM36'],
  [7960, 'AM03'],
  [8000, 'AM36'],
  [8070, 'AM06'],
  [8090, 'AM36'],
  [8160, 'AM06'],
  [8200, 'AM11'],
  [8260, 'AM36'],
  [8300, 'AM11'],
  [8320, 'AM36'],
  [8380, 'AM02'],
  [9300, 'AM01'],
  [9400, 'AM03'],
  [9480, 'AM01'],
];

/** The region of four digits by the borders above. */
export function regionOf(pc4: number): string {
  const border = BORDERS.findLast(([from]) => from <= pc4);
  if (border === undefined) throw new RangeError('four digits begin at 1000');
  return border[1];
}

/** The stretches of four digits of a region, ascending, both ends included. */
export function stretchesOf(region: string): readonly { from: number; to: number }[] {
  return BORDERS.flatMap(([from, id], i) =>
    id === region ? [{ from, to: (BORDERS[i + 1]?.[0] ?? 10_000) - 1 }] : [],
  );
}
