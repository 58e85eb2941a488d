import { isPostcode } from '@smc/domain';
import type { Area, PostcodeRange } from '@smc/decision';
import { formatRuns, lettersOf, pc4Numbers, postcodeOf } from '../postcode-range.ts';
import { isExcepted } from './check-exceptions.ts';
import type { Proof } from './proof.ts';
import { listed } from './words.ts';

/**
 * A team's postcodes lie inside its office and inside one arbeidsmarktregio, unless an exception is
 * recorded (B01). Four digits are the office's if they, or any whole postcode in them, are.
 */
export function checkTeamRanges(proof: Proof): void {
  const areaAt = wholePostcodes(proof);
  for (const office of proof.offices) {
    const { regions: regionOf } = proof.areaOf(office.id);
    for (const team of office.teams) {
      if (isExcepted(proof, 'B01', team.id)) continue;
      const regions = new Set<string>();
      for (const range of team.postcodes) {
        const outside: string[] = [];
        for (const postcode of unitsOf(range)) {
          const area = postcode.length === 6 ? areaAt(postcode) : undefined;
          const regio =
            area === undefined
              ? regionOf.get(Number(postcode))
              : area.office === office.id
                ? area.arbeidsmarktregio
                : undefined;
          if (regio === undefined) outside.push(postcode);
          else regions.add(regio);
        }
        if (outside.length === 0) continue;
        const words =
          range.precision === 'pc4' ? formatRuns(outside.map(Number), 4) : listed(outside);
        proof.problems.about(
          range,
          '',
          `${words} does not belong to office ${office.id}`,
          'B01-RANGE',
        );
      }
      if (regions.size < 2) continue;
      const message = `the team works in ${listed([...regions].sort())}`;
      proof.problems.about(team, 'postcodes', message, 'B01-REGION');
    }
  }
}

/** Each four digits of a range, or each of its whole postcodes. */
function* unitsOf(range: PostcodeRange): Generator<string> {
  const { from, to } = pc4Numbers(range);
  if (range.precision === 'pc4') {
    for (let pc4 = from; pc4 <= to; pc4++) yield String(pc4);
    return;
  }
  for (let at = lettersOf(range.from); at <= lettersOf(range.to); at++) {
    const postcode = postcodeOf(from, at);
    if (isPostcode(postcode)) yield postcode;
  }
}

/** The area of whole postcodes, of the four digits in which teams have any. */
function wholePostcodes({ table, offices }: Proof): (postcode: string) => Area | undefined {
  const ranges = offices.flatMap((office) => office.teams.flatMap((team) => team.postcodes));
  const wanted = new Set(
    ranges.filter(({ precision }) => precision === 'pc6').map(({ from }) => from.slice(0, 4)),
  );
  const areas = new Map<string, Area>();
  if (wanted.size > 0) {
    for (const { postcode, area } of table) {
      if (wanted.has(postcode.slice(0, 4))) areas.set(postcode, area);
    }
  }
  return (postcode) => areas.get(postcode) ?? areas.get(postcode.slice(0, 4));
}
