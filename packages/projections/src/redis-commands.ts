import type { ViewChanges } from './view-changes.ts';

/** Words of one command: Lua's `unpack` takes a few thousand, and Redis serves nobody meanwhile. */
const WORDS_MAX = 1_000;

/** A batch as Redis commands, few and large, on the keys of one namespace. */
export function commandsOf(changes: ViewChanges, key: (name: string) => string): string[][] {
  const commands: string[][] = [];
  const add = (head: readonly string[], words: readonly string[], perItem: number) => {
    const step = WORDS_MAX - (WORDS_MAX % perItem);
    for (let at = 0; at < words.length; at += step) {
      commands.push([...head, ...words.slice(at, at + step)]);
    }
  };

  const documents: string[] = [];
  for (const [id, view] of changes.clients)
    documents.push(key(`client:${id}`), JSON.stringify(view));
  for (const [id, view] of changes.cases) documents.push(key(`case:${id}`), JSON.stringify(view));
  add(['MSET'], documents, 2);

  for (const [name, fields] of changes.counts) {
    for (const [field, by] of fields) {
      commands.push(['HINCRBY', key(`count:${name}`), field, String(by)]);
    }
  }
  for (const [name, members] of changes.rankings) {
    const ranked: string[] = [];
    const left: string[] = [];
    for (const [member, atMs] of members) {
      if (atMs === undefined) left.push(member);
      else ranked.push(String(atMs), member);
    }
    add(['ZADD', key(`rank:${name}`)], ranked, 2);
    add(['ZREM', key(`rank:${name}`)], left, 1);
  }
  const positions = changes.positions.flatMap(({ topic, partition, offset }) => {
    return [`${topic}/${partition}`, String(offset)];
  });
  add(['HSET', key('standing')], positions, 2);
  return commands;
}
