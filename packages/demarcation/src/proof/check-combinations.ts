import { handles } from '@smc/decision';
import { combinationsOf, inWords, isByHand, type Combination } from './combinations.ts';
import { basisOn, changeDates, minutesOn, regularTeams, type Proof } from './proof.ts';

/**
 * At every office, on every day, some team takes each law, product and line (B12), and where the
 * office divides by workload one that has hours (A09); or the document says that a person decides.
 * An office without a basis, or that divides by hand, has nothing to cover.
 */
export function checkCombinations(proof: Proof): void {
  for (const office of proof.offices) {
    const needed = combinationsOf(proof.organisation).filter(
      (combination) => !isByHand(proof.organisation, office.id, combination),
    );
    const reported = new Set<string>();
    const fresh = (rule: string, missing: readonly Combination[]) =>
      missing.filter((combination) => {
        const key = `${rule} ${inWords([combination])}`;
        return !reported.has(key) && reported.add(key);
      });
    for (const date of changeDates(proof.organisation, office)) {
      const dated = basisOn(office, date);
      if (dated === undefined || dated.basis === 'manual') continue;
      const teams = regularTeams(office, date);
      const withHours = teams.filter((team) => minutesOn(team, date) > 0);
      const without = (among: typeof teams) =>
        needed.filter((one) => !among.some((team) => handles(team, one, date)));
      const untaken = without(teams);
      const none = fresh('B12', untaken);
      if (none.length > 0) {
        const message = `from ${date} on, no team takes ${inWords(none)}`;
        proof.problems.about(dated, 'basis', message, 'B12-COMBINATION');
      }
      if (dated.basis !== 'workload') continue;
      const idle = fresh(
        'A09',
        without(withHours).filter((one) => !untaken.includes(one)),
      );
      if (idle.length > 0) {
        const message = `from ${date} on, no team that takes ${inWords(idle)} has hours`;
        proof.problems.about(dated, 'basis', message, 'A09-HOURS');
      }
    }
  }
}
