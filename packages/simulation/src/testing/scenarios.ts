import { rulebookOf, type Demarcation } from '@smc/decision';
import type { Scenario } from '../scenario.ts';

/** A scenario of versions that come from no folder: its organisation says nothing besides. */
export function plainScenario(
  name: string,
  versions: readonly [Demarcation, ...Demarcation[]],
): Scenario {
  const rulebook = rulebookOf(versions);
  const { demarcationOn } = rulebook;
  const nothing = { laws: [], werkbedrijfOf: new Map(), characterOf: new Map() };
  return { name, versions, rulebook, facts: { demarcationOn, ...nothing } };
}
