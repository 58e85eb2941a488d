import { formatRuns } from '../postcode-range.ts';
import { eligibleGroups, forCases, type EligibleGroup } from './combinations.ts';
import { basisOn, changeDates, regularTeams, type Proof } from './proof.ts';

/**
 * On every day on which an office divides by BSN, the last digits 00 to 99 have exactly one team for
 * every kind of case (A08). It needs no postcode (A20).
 */
export function checkBsnBasis(proof: Proof): void {
  for (const office of proof.offices) {
    const reported = new Set<string>();
    for (const date of changeDates(proof.organisation, office)) {
      const dated = basisOn(office, date);
      if (dated?.basis !== 'bsn') continue;
      const report = (at: object, field: string, flaw: string, rule: BsnRule) => {
        const key = `${rule} ${flaw}`;
        if (!reported.has(key)) proof.problems.about(at, field, `from ${date} on, ${flaw}`, rule);
        reported.add(key);
      };
      const of = { organisation: proof.organisation, office: office.id };
      const groups = eligibleGroups(of, regularTeams(office, date), date);
      for (const group of groups) {
        const cases = forCases(group, groups);
        const { none, twice } = flawsOf(group);
        if (none.length > 0 && group.needed.length > 0 && group.teams.length > 0) {
          const flaw = `${cases}no team has last digits ${formatRuns(none, 2)}`;
          report(dated, 'basis', flaw, 'A08-BSN-GAP');
        }
        for (const [range, digits] of twice) {
          const flaw = `${cases}another team has last digits ${formatRuns(digits, 2)} too`;
          report(range, '', flaw, 'A08-BSN-OVERLAP');
        }
      }
    }
  }
}

type BsnRule = 'A08-BSN-GAP' | 'A08-BSN-OVERLAP';

const SUFFIXES = 100;

function flawsOf({ teams }: EligibleGroup): {
  readonly none: readonly number[];
  /** By the later of the ranges that have them. */
  readonly twice: ReadonlyMap<object, readonly number[]>;
} {
  const taken = new Set<number>();
  const twice = new Map<object, number[]>();
  for (const range of teams.flatMap((team) => team.bsnSuffixes)) {
    for (let suffix = Number(range.from); suffix <= Number(range.to); suffix++) {
      if (taken.has(suffix)) twice.set(range, [...(twice.get(range) ?? []), suffix]);
      taken.add(suffix);
    }
  }
  const all = Array.from({ length: SUFFIXES }, (_, suffix) => suffix);
  return { none: all.filter((suffix) => !taken.has(suffix)), twice };
}
