import type { LocalDate } from '@smc/domain';
import { rulebookOf, type Demarcation, type Rulebook } from '@smc/decision';
import type { LoadedDemarcation } from './load-demarcation.ts';
import type { OrganisationFacts } from './measures/measured-event.ts';

/** What is tried: one version, or several in the order in which they would be activated. */
export type Scenario = {
  /** What it is called beside others. */
  readonly name: string;
  readonly versions: readonly [Demarcation, ...Demarcation[]];
  readonly rulebook: Rulebook;
  readonly facts: OrganisationFacts;
};

/**
 * `always`: a day before the first of all days has the version that begins first. Otherwise cases of
 * such a day are parked, as they would be live.
 */
export function scenarioOf(
  name: string,
  [first, ...rest]: readonly [LoadedDemarcation, ...LoadedDemarcation[]],
  { always }: { readonly always: boolean },
): Scenario {
  const loaded = [first, ...rest];
  const versions = [first.demarcation, ...rest.map(({ demarcation }) => demarcation)] as const;
  const live = rulebookOf(versions);
  const [earliest] = versions.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const demarcationOn = (day: LocalDate) =>
    live.demarcationOn(day) ?? (always ? earliest : undefined);
  const organisations = loaded.map(({ organisation }) => organisation);
  const facts: OrganisationFacts = {
    demarcationOn,
    laws: [...new Set(organisations.flatMap(({ laws }) => laws))],
    werkbedrijfOf: new Map(
      organisations.flatMap(({ werkbedrijfOffices }) =>
        werkbedrijfOffices.map(({ id, arbeidsmarktregio }) => [arbeidsmarktregio, id] as const),
      ),
    ),
    characterOf: new Map(
      organisations.flatMap(({ arbeidsmarktregios }) =>
        arbeidsmarktregios.flatMap(({ id, character }) =>
          character === undefined ? [] : [[id, character] as const],
        ),
      ),
    ),
  };
  return { name, versions, rulebook: { ...live, demarcationOn }, facts };
}
