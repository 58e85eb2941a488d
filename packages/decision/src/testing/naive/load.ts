/** Counts of open cases per office that divides by workload (A09, D15). */
import { assert, type LoadEntry, type LoadKind, type OfficeId, type TeamId } from '@smc/domain';
import type { Demarcation } from '../../demarcation.ts';
import { placedCases, type Message, type NaiveClient } from './model.ts';

/** One open case of an office. */
type Counted = LoadKind & { readonly office: OfficeId; readonly team: TeamId };

/** An office is counted if any active version divides it by workload on any date. */
export function isCounted(office: OfficeId, versions: readonly Demarcation[]): boolean {
  return versions.some(({ offices }) =>
    offices.get(office)?.bases.some(({ basis }) => basis === 'workload'),
  );
}

/** The placed cases of a client that are counted, one entry each. */
export function countedCases(client: NaiveClient, versions: readonly Demarcation[]): Counted[] {
  const { team, office } = client;
  if (team === undefined || office === undefined || !isCounted(office, versions)) return [];
  return placedCases(client).map(({ product, category, activity }) => ({
    office,
    team,
    product,
    category,
    activity,
  }));
}

/** What the offices must be told when these cases became those. */
export function loadChanges(before: readonly Counted[], after: readonly Counted[]): Message[] {
  const offices = [...new Set([...before, ...after].map(({ office }) => office))].sort();
  return offices.flatMap((office): Message[] => {
    let changes: LoadEntry[] = [];
    for (const one of after) if (one.office === office) changes = add(changes, one, 1);
    for (const one of before) if (one.office === office) changes = add(changes, one, -1);
    return changes.length === 0 ? [] : [{ type: 'LoadChanged', office, changes }];
  });
}

/** The counters with so many more of this kind; an entry that becomes zero disappears. */
export function add(
  entries: readonly LoadEntry[],
  { team, product, category, activity }: LoadKind & { readonly team: TeamId },
  more: number,
): LoadEntry[] {
  const isThis = (entry: LoadEntry) =>
    entry.team === team &&
    entry.product === product &&
    entry.category === category &&
    entry.activity === activity;
  const count = (entries.find(isThis)?.count ?? 0) + more;
  const others = entries.filter((entry) => !isThis(entry));
  if (count === 0) return others;
  return [...others, { team, product, category, activity, count }].sort(inOrder);
}

function inOrder(a: LoadEntry, b: LoadEntry): number {
  for (const field of ['team', 'product', 'category', 'activity'] as const) {
    const [x, y] = [a[field] ?? '', b[field] ?? ''];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** The office's counters after a message; below zero is a bug of whoever told it. */
export function addAll(
  entries: readonly LoadEntry[],
  changes: readonly LoadEntry[],
): readonly LoadEntry[] {
  let sum = entries;
  for (const change of changes) sum = add(sum, change, change.count);
  assert(
    sum.every(({ count }) => count > 0),
    'no count of open cases is negative',
  );
  return sum;
}
