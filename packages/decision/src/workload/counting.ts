/**
 * What an office that divides by workload counts: each placed case of each client, by team and kind.
 *
 * A client's task does not keep a count of its own. It tells the office the difference between its
 * client before and after an input, so the office's counters are at any moment what counting all
 * clients again would give, less what is still under way.
 */
import {
  isPlaced,
  LOAD_ENTRIES_MAX,
  type ClientState,
  type LoadEntry,
  type OfficeId,
  type TeamChosen,
} from '@smc/domain';

/** Differences in the counts of one office. */
export type OfficeChanges = { readonly office: OfficeId; readonly changes: readonly LoadEntry[] };

/** The counts of some clients' placed cases, by office. Entries that come to nothing are left out. */
export class LoadCount {
  readonly #offices = new Map<OfficeId, Map<string, LoadEntry>>();

  /** `sign` -1 takes the client's cases away again. */
  addClient(client: ClientState, sign: 1 | -1): void {
    const { team, office } = client;
    if (team === undefined || office === undefined) return;
    for (const open of client.openCases) {
      if (!isPlaced(open)) continue;
      const { product, category, activity } = open;
      this.add(office, { team, product, category, activity, count: sign });
    }
  }

  add(office: OfficeId, entry: LoadEntry): void {
    let entries = this.#offices.get(office);
    if (entries === undefined) this.#offices.set(office, (entries = new Map()));
    const key = keyOf(entry);
    const count = (entries.get(key)?.count ?? 0) + entry.count;
    if (count === 0) entries.delete(key);
    else entries.set(key, { ...entry, count });
  }

  /** Ascending by office and entry, in lists that a record can hold. */
  changes(): readonly OfficeChanges[] {
    const found: OfficeChanges[] = [];
    for (const office of [...this.#offices.keys()].sort()) {
      const entries = [...(this.#offices.get(office)?.values() ?? [])].sort(compareEntries);
      for (let from = 0; from < entries.length; from += LOAD_ENTRIES_MAX) {
        found.push({ office, changes: entries.slice(from, from + LOAD_ENTRIES_MAX) });
      }
    }
    return found;
  }
}

/** What an input changed in the counts of the offices that are counted. */
export function loadChanges(
  before: ClientState,
  after: ClientState,
  about: {
    readonly counts: (office: OfficeId) => boolean;
    /** The office counted this case for the client when it chose; it may have come to nothing. */
    readonly chosen: TeamChosen | undefined;
  },
): readonly OfficeChanges[] {
  const { counts, chosen } = about;
  const unchanged = before.openCases === after.openCases && before.team === after.team;
  if (unchanged && chosen === undefined) return [];
  const isCounted = (office: OfficeId | undefined) => office !== undefined && counts(office);
  const count = new LoadCount();
  if (isCounted(before.office)) count.addClient(before, -1);
  if (isCounted(after.office)) count.addClient(after, 1);
  if (chosen !== undefined) {
    count.add(chosen.office, { team: chosen.team, ...chosen.counted, count: -1 });
  }
  return count.changes();
}

/**
 * What a partition's clients have with offices whose counting begins or ends with an activation: the
 * stock counts, not the inflow alone (A09), and an office that no longer divides by workload forgets
 * it, so that it can begin anew some day.
 */
export function stockChanges(
  clients: Iterable<ClientState>,
  counted: { readonly before: ReadonlySet<OfficeId>; readonly after: ReadonlySet<OfficeId> },
): readonly OfficeChanges[] {
  const { before, after } = counted;
  const count = new LoadCount();
  for (const client of clients) {
    const { office } = client;
    if (office === undefined || before.has(office) === after.has(office)) continue;
    count.addClient(client, after.has(office) ? 1 : -1);
  }
  return count.changes();
}

export function keyOf({ team, product, category, activity }: LoadEntry): string {
  return `${team} ${product} ${category ?? ''} ${activity}`;
}

/** By team, product, category and activity: no code holds a space, which sorts before all others. */
export function compareEntries(a: LoadEntry, b: LoadEntry): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
