import type { CaseId, ClientKey } from '@smc/domain';
import type { LogPosition } from '@smc/subscriber';
import type { Namespace, ReadModelStore } from './read-model-store.ts';
import type { CountName, RankingName, ViewChanges } from './view-changes.ts';
import type { CaseView, ClientView } from './views.ts';

type Space = {
  version: number;
  readonly positions: Map<string, LogPosition>;
  readonly clients: Map<ClientKey, ClientView>;
  readonly cases: Map<CaseId, CaseView>;
  readonly counts: Map<CountName, Map<string, number>>;
  readonly rankings: Map<RankingName, Map<string, number>>;
};

/** Read models inside this process: for the embedded mode and for tests. */
export function createMemoryStore(): ReadModelStore {
  const spaces = new Map<Namespace, Space>();
  let current: Namespace | undefined;
  const pick = <K, V>(from: ReadonlyMap<K, V> | undefined, keys: readonly K[]) => {
    const found = new Map<K, V>();
    for (const key of keys) {
      const value = from?.get(key);
      if (value !== undefined) found.set(key, value);
    }
    return found;
  };

  return {
    current: async () => current,
    async create(namespace) {
      spaces.set(namespace, emptySpace());
    },
    async publish(namespace) {
      if (!spaces.has(namespace)) return false;
      current = namespace;
      for (const other of spaces.keys()) if (other !== namespace) spaces.delete(other);
      return true;
    },
    async drop(namespace) {
      spaces.delete(namespace);
    },
    async standing(namespace) {
      const space = spaces.get(namespace);
      return space && { version: space.version, positions: [...space.positions.values()] };
    },
    clients: async (namespace, keys) => pick(spaces.get(namespace)?.clients, keys),
    cases: async (namespace, ids) => pick(spaces.get(namespace)?.cases, ids),
    async counts(namespace, name) {
      const counts = spaces.get(namespace)?.counts.get(name) ?? new Map<string, number>();
      return new Map([...counts].filter(([, count]) => count !== 0));
    },
    async oldest(namespace, name, limit) {
      const ranking = spaces.get(namespace)?.rankings.get(name) ?? new Map<string, number>();
      const ordered = [...ranking].toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
      return ordered.slice(0, limit).map(([member, atMs]) => ({ member, atMs }));
    },
    size: async (namespace, name) => spaces.get(namespace)?.rankings.get(name)?.size ?? 0,
    async apply(namespace, version, changes) {
      const space = spaces.get(namespace);
      if (space?.version !== version) return false;
      change(space, changes);
      return true;
    },
    close: async () => {},
  };
}

function emptySpace(): Space {
  return {
    version: 0,
    positions: new Map(),
    clients: new Map(),
    cases: new Map(),
    counts: new Map(),
    rankings: new Map(),
  };
}

function change(space: Space, changes: ViewChanges): void {
  space.version++;
  for (const [key, view] of changes.clients) space.clients.set(key, view);
  for (const [id, view] of changes.cases) space.cases.set(id, view);
  for (const [name, fields] of changes.counts) {
    const counts = space.counts.get(name) ?? new Map<string, number>();
    space.counts.set(name, counts);
    for (const [field, by] of fields) counts.set(field, (counts.get(field) ?? 0) + by);
  }
  for (const [name, members] of changes.rankings) {
    const ranking = space.rankings.get(name) ?? new Map<string, number>();
    space.rankings.set(name, ranking);
    for (const [member, atMs] of members) {
      if (atMs === undefined) ranking.delete(member);
      else ranking.set(member, atMs);
    }
  }
  for (const position of changes.positions) {
    space.positions.set(`${position.topic}/${position.partition}`, position);
  }
}
