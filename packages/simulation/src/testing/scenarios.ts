import { rulebookOf, type Demarcation } from '@smc/decision';
import type { OrganisationFacts } from '../measures/measured-event.ts';
import type { Scenario } from '../scenario.ts';

/** A scenario of versions that come from no folder: its organisation says nothing besides. */
export function plainScenario(
  name: string,
  versions: readonly [Demarcation, ...Demarcation[]],
): Scenario {
  const rulebook = rulebookOf(versions);
  const facts: OrganisationFacts = {
    demarcationOn: (day) => rulebook.demarcationOn(day),
    laws: [],
    werkbedrijfOf: new Map(),
    characterOf: new Map(),
  };
  return { name, versions, rulebook, facts };
}
