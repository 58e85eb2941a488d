import type { PostcodeRange } from '@smc/decision';
import { formatRuns, pc4Numbers } from '../postcode-range.ts';
import { isExcepted } from './check-exceptions.ts';
import { lettersOf, postcodeOf } from './office-pieces.ts';
import type { Proof } from './proof.ts';
import { listed } from './words.ts';

/**
 * A team's postcodes lie inside its office and inside one arbeidsmarktregio, unless an exception is
 * recorded (B01). Four digits are the office's if they, or any whole postcode in them, are.
 */
export function checkTeamRanges(proof: Proof): void {
  const lookUp = indexOf(proof);
  for (const office of proof.offices) {
    for (const team of office.teams) {
      if (isExcepted(proof, 'B01', team.id)) continue;
      const regions = new Set<string>();
      for (const range of team.postcodes) {
        const outside = range.precision === 'pc4' ? [] : lookUp.wholes(range, office.id, regions);
        const numbers = range.precision === 'pc4' ? lookUp.pc4s(range, office.id, regions) : [];
        const text = [...(numbers.length === 0 ? [] : [formatRuns(numbers, 4)]), ...outside];
        if (text.length === 0) continue;
        const message = `${listed(text)} does not belong to office ${office.id}`;
        proof.problems.about(range, '', message, 'B01-RANGE');
      }
      if (regions.size < 2) continue;
      const message = `the team works in ${listed([...regions].sort())}`;
      proof.problems.about(team, 'postcodes', message, 'B01-REGION');
    }
  }
}

/** What of the table team ranges ask for. Both functions gather regions and give what is outside. */
function indexOf({ table, offices }: Proof) {
  const wanted = new Set(
    offices.flatMap((office) =>
      office.teams.flatMap((team) =>
        team.postcodes.filter((r) => r.precision === 'pc6').map((r) => pc4Numbers(r).from),
      ),
    ),
  );
  const regionOf = new Map<string, string>();
  const wholes = new Map<string, (typeof table)[number]['area']>();
  for (const { postcode, area } of table) {
    const pc4 = postcode.slice(0, 4);
    const key = `${area.office} ${pc4}`;
    // An exception comes after its four digits and does not change what they belong to.
    if (!regionOf.has(key)) regionOf.set(key, area.arbeidsmarktregio);
    if (wanted.has(Number(pc4))) wholes.set(postcode, area);
  }
  return {
    pc4s(range: PostcodeRange, office: string, regions: Set<string>): readonly number[] {
      const outside: number[] = [];
      const { from, to } = pc4Numbers(range);
      for (let pc4 = from; pc4 <= to; pc4++) {
        const regio = regionOf.get(`${office} ${pc4}`);
        if (regio === undefined) outside.push(pc4);
        else regions.add(regio);
      }
      return outside;
    },
    wholes(range: PostcodeRange, office: string, regions: Set<string>): readonly string[] {
      const outside: string[] = [];
      const pc4 = pc4Numbers(range).from;
      for (let at = lettersOf(range.from); at <= lettersOf(range.to); at++) {
        const postcode = postcodeOf(pc4, at);
        const area = wholes.get(postcode) ?? wholes.get(String(pc4));
        if (area?.office === office) regions.add(area.arbeidsmarktregio);
        else outside.push(postcode);
      }
      return outside;
    },
  };
}
