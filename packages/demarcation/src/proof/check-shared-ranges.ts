import type { PostcodeRange } from '@smc/decision';
import type { OfficeDocument, SharedRange, TeamDocument } from '../document.ts';
import { formatPostcodeRange, lettersOf, pc4Numbers, postcodeOf } from '../postcode-range.ts';
import { basisOn, changeDates, isThere, minutesOn, type Proof } from './proof.ts';
import { listed } from './words.ts';

/**
 * Teams that share postcodes have them among their own (A17, B32), with the same precision, and have
 * hours on every day on which they share: all of them, or none, for then they share alike.
 */
export function checkSharedRanges(proof: Proof): void {
  for (const office of proof.offices) {
    for (const shared of office.sharedRanges) {
      const teams = office.teams.filter((team) => shared.teams.includes(team.id));
      for (const [team, range] of lacking(teams, shared)) {
        const message = `${team.id} does not have ${formatPostcodeRange(range)} among its postcodes`;
        proof.problems.about(shared, 'teams', message, 'A17-SHARED');
      }
      checkHours(proof, office, { shared, teams });
    }
  }
}

function lacking(
  teams: readonly TeamDocument[],
  { postcodes }: SharedRange,
): readonly (readonly [TeamDocument, PostcodeRange])[] {
  return teams.flatMap((team) =>
    postcodes.filter((range) => !holds(team, range)).map((range) => [team, range] as const),
  );
}

function holds(team: TeamDocument, range: PostcodeRange): boolean {
  const own = team.postcodes.filter(({ precision }) => precision === range.precision);
  const isHeld = (from: string, to: string) => own.some((one) => one.from <= from && to <= one.to);
  const { from, to } = pc4Numbers(range);
  if (range.precision === 'pc4') {
    for (let pc4 = from; pc4 <= to; pc4++) if (!isHeld(`${pc4}AA`, `${pc4}ZZ`)) return false;
    return true;
  }
  for (let letters = lettersOf(range.from); letters <= lettersOf(range.to); letters++) {
    const postcode = postcodeOf(from, letters);
    if (!isHeld(postcode, postcode)) return false;
  }
  return true;
}

function checkHours(
  proof: Proof,
  office: OfficeDocument,
  { shared, teams }: { readonly shared: SharedRange; readonly teams: readonly TeamDocument[] },
): void {
  for (const date of changeDates(proof.organisation, office)) {
    if (basisOn(office, date)?.basis !== 'postcode') continue;
    const present = teams.filter((team) => isThere(team, date));
    const idle = present.filter((team) => minutesOn(team, date) === 0);
    if (idle.length === 0 || idle.length === present.length) continue;
    const ids = listed(idle.map((team) => team.id));
    const message = `on ${date} ${ids} has no hours, and would get none of the shared postcodes`;
    proof.problems.about(shared, 'teams', message, 'A17-HOURS');
    return;
  }
}
