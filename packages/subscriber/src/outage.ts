export type OutageReports = {
  /** Kafka or the registry does not answer; the work goes on by itself when it does. */
  readonly away: (error: unknown) => void;
  readonly back: () => void;
};

/** Something that is away now and then: its beginning and its end are reported, once each. */
export class Outage {
  readonly #reports: OutageReports;
  #reason: string | undefined;

  constructor(reports: OutageReports) {
    this.#reports = reports;
  }

  /** Why the work stands still; undefined: it does not. */
  get reason(): string | undefined {
    return this.#reason;
  }

  begin(error: unknown): void {
    const first = this.#reason === undefined;
    this.#reason = error instanceof Error ? error.message : String(error);
    if (first) this.#reports.away(error);
  }

  end(): void {
    if (this.#reason === undefined) return;
    this.#reason = undefined;
    this.#reports.back();
  }
}
