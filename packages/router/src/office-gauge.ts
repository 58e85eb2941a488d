import type { OfficeId, OfficeLoad, TeamId } from '@smc/domain';

type Gauge = {
  set(labels: { office: OfficeId; team: TeamId }, value: number): void;
  remove(labels: { office: OfficeId; team: TeamId }): void;
};

/** What each team of the offices counted here has in hand; forgotten with the office's partition. */
export class OfficeGauge {
  readonly #gauge: Gauge;
  readonly #shown = new Map<number, Map<OfficeId, ReadonlySet<TeamId>>>();

  constructor(gauge: Gauge) {
    this.#gauge = gauge;
  }

  show(partition: number, { office, entries }: OfficeLoad): void {
    const cases = new Map<TeamId, number>();
    for (const { team, count } of entries) cases.set(team, (cases.get(team) ?? 0) + count);
    for (const [team, count] of cases) this.#gauge.set({ office, team }, count);
    const offices = this.#shown.get(partition) ?? new Map<OfficeId, ReadonlySet<TeamId>>();
    this.#shown.set(partition, offices);
    for (const team of offices.get(office) ?? []) {
      if (!cases.has(team)) this.#gauge.remove({ office, team });
    }
    offices.set(office, new Set(cases.keys()));
  }

  forget(partition: number): void {
    for (const [office, teams] of this.#shown.get(partition) ?? []) {
      for (const team of teams) this.#gauge.remove({ office, team });
    }
    this.#shown.delete(partition);
  }
}
