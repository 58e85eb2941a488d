/**
 * What differs between two written parts of a document, field by field, whatever the fields are: a
 * field that the form gets tomorrow is compared without new code. Items of a list are the same item
 * when they have the same id, group, date or whatever names them; texts in a list have no order, but where they are one.
 */
export type Written = string | readonly Written[] | { readonly [name: string]: Written };

export type FieldChange = {
  readonly kind: 'added' | 'removed' | 'changed';
  /** `['teams', 'dom-1', 'until']`: names of fields, and of items in lists. */
  readonly path: readonly string[];
  /** Of a list of texts only those that went and came. */
  readonly before: Written | undefined;
  readonly after: Written | undefined;
  /** The first day of what holds the field, where it has one of its own. */
  readonly from: string | undefined;
};

type At = { readonly path: readonly string[]; readonly from: string | undefined };

export function listChanges(
  before: Written | undefined,
  after: Written | undefined,
  at: At = { path: [], from: undefined },
): readonly FieldChange[] {
  if (before === undefined || after === undefined) {
    if (before === after) return [];
    const kind = before === undefined ? 'added' : 'removed';
    return [{ kind, ...at, from: startOf(after ?? before) ?? at.from, before, after }];
  }
  if (isList(before) && isList(after)) {
    return ORDERED.has(at.path.at(-1) ?? '')
      ? listChanges(before.map(String).join(' > '), after.map(String).join(' > '), at)
      : changesOfLists(before, after, at);
  }
  if (isMap(before) && isMap(after)) {
    const from = startOf(after) ?? at.from;
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      listChanges(before[name], after[name], { path: [...at.path, name], from }),
    );
  }
  return before === after ? [] : [{ kind: 'changed', ...at, before, after }];
}

/** Lists of texts whose order is what they say. */
const ORDERED = new Set(['precedence']);

/** What names an item of a list, likeliest first. */
const KEYS: readonly (readonly string[])[] = [
  ['id'],
  ['group'],
  ['rule', 'of'],
  ['law', 'employment'],
  ['from', 'role', 'line'],
  ['from', 'role'],
  ['from'],
  ['role', 'per'],
  ['name'],
];

function changesOfLists(
  before: readonly Written[],
  after: readonly Written[],
  at: At,
): readonly FieldChange[] {
  const keys = KEYS.find((names) => [before, after].every((list) => areUnique(list, names)));
  if (keys === undefined) return changesOfSets(before, after, at);
  const byKey = (list: readonly Written[]) =>
    new Map(list.map((item) => [keyOf(item, keys) ?? '', item]));
  const [old, now] = [byKey(before), byKey(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    listChanges(old.get(key), now.get(key), { ...at, path: [...at.path, key] }),
  );
}

function areUnique(list: readonly Written[], names: readonly string[]): boolean {
  const keys = list.map((item) => keyOf(item, names));
  return !keys.includes(undefined) && new Set(keys).size === list.length;
}

function keyOf(item: Written, names: readonly string[]): string | undefined {
  if (!isMap(item)) return undefined;
  const parts = names.map((name) => item[name]);
  return parts.every((part) => typeof part === 'string') ? parts.join(' ') : undefined;
}

function changesOfSets(
  before: readonly Written[],
  after: readonly Written[],
  at: At,
): readonly FieldChange[] {
  const without = (list: readonly Written[], other: readonly Written[]) => {
    const there = new Set(other.map((item) => JSON.stringify(item)));
    return list.filter((item) => !there.has(JSON.stringify(item)));
  };
  const [went, came] = [without(before, after), without(after, before)];
  if (went.length === 0 && came.length === 0) return [];
  return [{ kind: 'changed', ...at, before: went, after: came }];
}

function startOf(value: Written | undefined): string | undefined {
  const from = isMap(value) ? value['from'] : undefined;
  return typeof from === 'string' ? from : undefined;
}

export function isList(value: unknown): value is readonly Written[] {
  return Array.isArray(value);
}

export function isMap(value: unknown): value is { readonly [name: string]: Written } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Forms write texts, lists and maps only. */
export function isWritten(value: unknown): value is Written {
  if (typeof value === 'string') return true;
  if (isList(value)) return value.every(isWritten);
  return isMap(value) && Object.values(value).every(isWritten);
}
