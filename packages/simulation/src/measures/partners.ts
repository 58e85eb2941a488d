import type { Basis, CaseAssigned, ClientHandedOver } from '@smc/domain';
import { byName } from './count.ts';
import {
  basisOf,
  type Character,
  type MeasuredEvent,
  type OrganisationFacts,
} from './measured-event.ts';

/** The basis that the team's office has, or the rule that reaches a team beside the offices. */
export type PartnerGroup = Basis | 'participatiewet' | 'special-group';

export type Partners = {
  readonly group: PartnerGroup;
  /** Of the arbeidsmarktregio of the clients: "met name voor rurale gebieden" (A13). */
  readonly area: Character | 'all';
  readonly teams: number;
  /** Different combinations of SMC team, Uitkeren unit (district) and Werkbedrijf office. */
  readonly pairs: number;
  readonly pairsPerTeam: number;
};

type Of = Pick<Partners, 'group' | 'area'>;
const ALL: readonly Of['area'][] = ['all'];

/**
 * With how many partners the teams work: "de samenwerking met de divisies Uitkeren en Werkbedrijf
 * kan eenvoudiger vormgegeven worden" (A12). Fewer is simpler. Uitkeren's unit is the district, the
 * same as that of SMZ (A03); Werkbedrijf's office follows from the arbeidsmarktregio of the address
 * (A05), so a client without a Dutch address makes no pair.
 */
export class PartnerCount {
  readonly #facts: OrganisationFacts;
  readonly #pairs = new Map<string, { of: Of; teams: Set<string>; pairs: Set<string> }>();

  constructor(facts: OrganisationFacts) {
    this.#facts = facts;
  }

  add({ events }: MeasuredEvent): void {
    for (const told of events) {
      if (told.type === 'CaseAssigned' || told.type === 'ClientHandedOver') this.#count(told);
    }
  }

  #count(told: CaseAssigned | ClientHandedOver): void {
    const { team, district, arbeidsmarktregio: region } = told;
    const werkbedrijf = region && this.#facts.werkbedrijfOf.get(region);
    const group = this.#groupOf(told);
    if (region === undefined || werkbedrijf === undefined || group === undefined) return;
    const pair = `${team} ${district} ${werkbedrijf}`;
    const character = this.#facts.characterOf.get(region);
    for (const area of character === undefined ? ALL : [...ALL, character]) {
      const own = this.#countOf({ group, area });
      own.teams.add(team);
      own.pairs.add(pair);
    }
  }

  #countOf(of: Of) {
    const key = `${of.group} ${of.area}`;
    let own = this.#pairs.get(key);
    if (own === undefined) {
      this.#pairs.set(key, (own = { of, teams: new Set(), pairs: new Set() }));
    }
    return own;
  }

  #groupOf({ team, office, effectiveOn }: CaseAssigned | ClientHandedOver) {
    const demarcation = this.#facts.demarcationOn(effectiveOn);
    const profile = demarcation?.teams.get(team)?.profile;
    if (profile !== 'regular') return profile;
    const of = demarcation?.offices.get(office);
    return of && basisOf(of, effectiveOn);
  }

  all(): readonly Partners[] {
    return byName(this.#pairs).map(([, { of, teams, pairs }]) => ({
      ...of,
      teams: teams.size,
      pairs: pairs.size,
      pairsPerTeam: pairs.size / teams.size,
    }));
  }
}
