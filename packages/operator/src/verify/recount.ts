import {
  isPlaced,
  type ClientState,
  type LoadEntry,
  type LoadKind,
  type OfficeId,
  type OfficeLoad,
  type TeamChosen,
} from '@smc/domain';
import type { Findings } from './findings.ts';

/**
 * Whether the offices' counters are what counting all clients again gives (A09), at any moment:
 *
 *   counters + changes under way to the office - choices under way to the clients = clients
 *
 * It adds and takes away what stands on the log and decides nothing, so that an error of the
 * counting itself, which deciding again would repeat, can't hide here.
 */
export class Recount {
  /** What is left over, by office, team and kind. */
  readonly #left = new Map<string, number>();

  counters({ office, entries }: OfficeLoad): void {
    for (const entry of entries) this.#add(office, entry, entry.count);
  }

  /** A change that the client's task has told and the office not counted yet; `sign` -1: the reverse. */
  change(office: OfficeId, changes: readonly LoadEntry[], sign: 1 | -1): void {
    for (const entry of changes) this.#add(office, entry, sign * entry.count);
  }

  /** The office has counted a case for its choice. */
  chosen({ office, team, counted }: TeamChosen): void {
    this.#add(office, { ...counted, team }, -1);
  }

  /** The client's task has taken the choice, and told the office what became of it. */
  taken({ office, team, counted }: TeamChosen): void {
    this.#add(office, { ...counted, team }, 1);
  }

  client({ office, team, openCases }: ClientState, counts: (office: OfficeId) => boolean): void {
    if (office === undefined || team === undefined || !counts(office)) return;
    for (const open of openCases) if (isPlaced(open)) this.#add(office, { ...open, team }, -1);
  }

  report(findings: Findings): void {
    for (const [what, count] of this.#left) {
      if (count === 0) continue;
      const [office = '', ...of] = what.split(' ');
      const more = count > 0 ? `${count} more` : `${-count} fewer`;
      const kind = of.filter((name) => name !== '').join(' ');
      findings.add('COUNTERS_DIFFER', `office ${office}`, `counts ${more} than there are: ${kind}`);
    }
  }

  #add(office: OfficeId, { team, product, category, activity }: Kind, count: number): void {
    const what = `${office} ${team} ${product} ${category ?? ''} ${activity}`;
    this.#left.set(what, (this.#left.get(what) ?? 0) + count);
  }
}

type Kind = LoadKind & Pick<LoadEntry, 'team'>;
