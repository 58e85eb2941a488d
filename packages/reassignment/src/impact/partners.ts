import type { ArbeidsmarktregioId } from '@smc/domain';
import type { RegionLine, TeamLine } from '../plan/plan.ts';

/** Different pairs of an SMC team and an office of Werkbedrijf that have a client in common (A12). */
export type Partners = {
  /** Of the region where the clients live (A13). */
  readonly area: 'all' | 'rural' | 'urban';
  readonly before: number;
  readonly after: number;
};

const AREAS = ['all', 'rural', 'urban'] as const;

/**
 * With how many partners the teams work: fewer is simpler. Uitkeren's unit is the district of the
 * team (A03), one for each team, so that it makes no pairs of its own.
 */
export function partnersOf(
  teams: readonly TeamLine[],
  regions: ReadonlyMap<ArbeidsmarktregioId, RegionLine>,
): readonly Partners[] {
  const known: ReadonlyMap<string, RegionLine> = regions;
  const pairs = (area: Partners['area'], when: 'before' | 'after') => {
    const found = new Set<string>();
    for (const line of teams) {
      for (const [name] of line[when].regions) {
        const region = known.get(name);
        if (region?.werkbedrijf === undefined) continue;
        if (area === 'all' || region.character === area) {
          found.add(`${line.team} ${region.werkbedrijf}`);
        }
      }
    }
    return found.size;
  };
  return AREAS.map((area) => ({
    area,
    before: pairs(area, 'before'),
    after: pairs(area, 'after'),
  }));
}
