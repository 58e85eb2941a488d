/** The office's side: who has the least to do per hour that is there for it (A09). */
import { must, type LoadEntry, type LoadKind, type OfficeId, type TeamId } from '@smc/domain';
import type { Demarcation } from '../../demarcation.ts';
import { add, addAll } from './load.ts';
import type { Message } from './model.ts';
import { minutesOf } from './teams.ts';

type Compared = { readonly team: TeamId; readonly load: number; readonly minutes: number };

/** An office's answer, without the position that it names. */
export type NaiveChosen = Compared & {
  readonly caseId: string;
  readonly office: OfficeId;
  readonly counted: LoadKind;
  readonly compared: number;
  readonly next: Compared | undefined;
};

export function naiveOffice(
  message: Message,
  entries: readonly LoadEntry[],
  versions: readonly Demarcation[],
): { readonly entries: readonly LoadEntry[]; readonly answer: NaiveChosen | undefined } {
  if (message.type === 'LoadChanged') {
    return { entries: addAll(entries, message.changes), answer: undefined };
  }
  const { product, category, activity, caseId, office, on, version, teams } = message;
  const book = must(
    versions.find((one) => one.version === version),
    'a request names an active version',
  );
  const compared = teams
    .map((id) => {
      const team = must(book.teams.get(id), 'a request names teams of its version');
      return { team: id, load: loadOf(id, entries, book), minutes: minutesOf(team, on) };
    })
    .sort(lessBusyFirst);
  const [best, next] = compared;
  const chosen = must(best, 'a request names at least one team');
  const counted = { product, category, activity };
  return {
    entries: add(entries, { ...counted, team: chosen.team }, 1),
    answer: { ...chosen, caseId, office, counted, compared: compared.length, next },
  };
}

/** Load per minute; then who has most minutes; then the first by name. */
function lessBusyFirst(a: Compared, b: Compared): number {
  const [left, right] = [BigInt(a.load) * BigInt(b.minutes), BigInt(b.load) * BigInt(a.minutes)];
  if (left !== right) return left < right ? -1 : 1;
  if (a.minutes !== b.minutes) return b.minutes - a.minutes;
  return a.team < b.team ? -1 : 1;
}

function loadOf(team: TeamId, entries: readonly LoadEntry[], book: Demarcation): number {
  let load = 0;
  for (const entry of entries) {
    if (entry.team === team) load += entry.count * weightOf(entry, book);
  }
  return load;
}

/** In thousandths of a case (D11, D14, E38). */
function weightOf({ product, category, activity }: LoadKind, book: Demarcation): number {
  const { products, categories, idle } = book.weights;
  const byProduct = products.get(product) ?? 1000;
  const byCategory = category === undefined ? 1000 : (categories.get(category) ?? 1000);
  return times(times(byProduct, byCategory), activity === 'idle' ? idle : 1000);
}

function times(a: number, b: number): number {
  return Math.floor((a * b + 500) / 1000);
}
