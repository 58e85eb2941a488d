import type { CaseParked, IntakeEvent, ParkedCode } from '@smc/domain';
import type { DecisionRefusal } from '@smc/decision';
import { byName, count } from './count.ts';
import type { MeasuredEvent } from './measured-event.ts';

/** `registered` is the sum of the five below it. */
export type CaseTotals = {
  readonly registered: number;
  /** At once or after parking. */
  readonly assigned: number;
  /** Parked, and not placed since. */
  readonly parked: number;
  /** What makes no sense for the client: the router would write a dead letter. */
  readonly refused: number;
  /** A case that was registered before. */
  readonly repeats: number;
  /** Waiting for an office's choice: none, because an office answers at once here. */
  readonly awaiting: number;
};

export type ParkedTotal = {
  readonly code: ParkedCode;
  readonly cases: number;
  /** Parked for this, and placed since. */
  readonly placedLater: number;
};

/** What became of each case, and how many events of which kind there were. */
export class CaseCount {
  readonly #events = new Map<IntakeEvent['type'], number>();
  readonly #refusals = new Map<string, number>();
  readonly #parked = new Map<ParkedCode, number>();
  readonly #placedLater = new Map<string, number>();
  readonly #worklists = new Map<string, number>();
  #assigned = 0;
  #refused = 0;
  #repeats = 0;

  refuse(event: IntakeEvent, { code }: DecisionRefusal): void {
    count(this.#events, event.type);
    count(this.#refusals, code);
    if (event.type === 'CaseRegistered') this.#refused++;
  }

  add({ event, events, before, after }: MeasuredEvent): void {
    count(this.#events, event.type);
    if (event.type === 'CaseRegistered' && before === after) this.#repeats++;
    for (const told of events) {
      if (told.type === 'CaseParked') this.#park(told);
      if (told.type !== 'CaseAssigned') continue;
      this.#assigned++;
      const again = told.explanation.find(({ code }) => code === 'PLACED_AFTER_PARKING');
      const code = again?.parameters[0];
      if (code !== undefined) count(this.#placedLater, code);
    }
  }

  #park({ code, office }: CaseParked): void {
    count(this.#parked, code);
    count(this.#worklists, office ?? NATIONAL);
  }

  /** How many cases were parked in the work list, placed since or not. */
  parkedAt(worklist: string): number {
    return this.#worklists.get(worklist) ?? 0;
  }

  totals(): CaseTotals {
    const parked = this.parked().reduce((sum, { cases }) => sum + cases, 0);
    const registered = this.#events.get('CaseRegistered') ?? 0;
    const [assigned, refused, repeats] = [this.#assigned, this.#refused, this.#repeats];
    const awaiting = registered - assigned - parked - refused - repeats;
    return { registered, assigned, parked, refused, repeats, awaiting };
  }

  parked(): readonly ParkedTotal[] {
    return byName(this.#parked).map(([code, all]) => {
      const placedLater = this.#placedLater.get(code) ?? 0;
      return { code, cases: all - placedLater, placedLater };
    });
  }

  refusals(): readonly { readonly code: string; readonly events: number }[] {
    return byName(this.#refusals).map(([code, events]) => ({ code, events }));
  }

  events(): Readonly<Record<string, number>> {
    return Object.fromEntries(byName(this.#events));
  }
}

/** The work list of cases that are of no office. */
export const NATIONAL = 'national';
