import type { PostcodeTable } from '../postcode-table.ts';

/** What of the table is the office's: its four digits, and the exceptions inside any. */
export type OfficeArea = {
  readonly pc4s: ReadonlySet<number>;
  readonly exceptions: ReadonlyMap<number, ReadonlySet<string>>;
  /** Exceptions that take something out of its four digits. */
  readonly lost: ReadonlyMap<number, ReadonlySet<string>>;
  /**
   * The arbeidsmarktregio of four digits that are the office's, or of the first exception in them
   * that is.
   */
  readonly regions: ReadonlyMap<number, string>;
};

type MutableArea = {
  readonly pc4s: Set<number>;
  readonly exceptions: Map<number, Set<string>>;
  readonly lost: Map<number, Set<string>>;
  readonly regions: Map<number, string>;
};

/** The area of each office, in one walk over the table. */
export function officeAreas(table: PostcodeTable): (office: string) => OfficeArea {
  const areas = new Map<string, MutableArea>();
  const ofOffice = (office: string) => {
    const known = areas.get(office);
    if (known !== undefined) return known;
    const area = emptyArea();
    areas.set(office, area);
    return area;
  };
  let base: MutableArea | undefined;
  for (const { postcode, area } of table) {
    const pc4 = Number(postcode.slice(0, 4));
    const own = ofOffice(area.office);
    if (!own.regions.has(pc4)) own.regions.set(pc4, area.arbeidsmarktregio);
    if (postcode.length === 4) {
      base = own;
      own.pc4s.add(pc4);
    } else {
      put(own.exceptions, pc4, postcode);
      if (base !== undefined && base !== own) put(base.lost, pc4, postcode);
    }
  }
  return ofOffice;
}

const emptyArea = (): MutableArea => ({
  pc4s: new Set(),
  exceptions: new Map(),
  lost: new Map(),
  regions: new Map(),
});

function put(sets: Map<number, Set<string>>, pc4: number, postcode: string): void {
  const set = sets.get(pc4);
  if (set === undefined) sets.set(pc4, new Set([postcode]));
  else set.add(postcode);
}
