import { assert } from '@smc/domain';
import { writerType } from './avro-types.ts';
import { RegistryFault, type Compatibility, type SchemaRegistryPort } from './registry.ts';

type Subject = { readonly level: Compatibility; readonly ids: number[] };

/**
 * A registry in memory, for the embedded mode and for tests: ids from 1, one id per text, and the
 * compatibility of a subject is kept as a real registry keeps it.
 */
export function createMemoryRegistry(): SchemaRegistryPort {
  const texts: string[] = [];
  const subjects = new Map<string, Subject>();
  const textOf = (id: number) => texts[id - 1];

  const register = (name: string, text: string, level: Compatibility): number => {
    const subject = subjects.get(name) ?? { level, ids: [] };
    if (subject.level !== level) {
      throw new RegistryFault('INCOMPATIBLE', `${name} has the level ${subject.level}`);
    }
    const known = subject.ids.find((id) => textOf(id) === text);
    if (known !== undefined) return known;
    for (const id of subject.ids) assertCompatible(name, { text, older: textOf(id), level });
    const id = texts.includes(text) ? texts.indexOf(text) + 1 : texts.push(text);
    subject.ids.push(id);
    subjects.set(name, subject);
    return id;
  };

  return {
    schemaUrl: (id) => `memory:/schemas/ids/${id}`,
    schemaById: (id) => Promise.resolve(textOf(id)),
    idOf: (name, text) =>
      Promise.resolve(subjects.get(name)?.ids.find((id) => textOf(id) === text)),
    latestId: (name) => Promise.resolve(subjects.get(name)?.ids.at(-1)),
    register: async (name, text, level) => register(name, text, level),
  };
}

function assertCompatible(
  subject: string,
  { text, older, level }: { text: string; older: string | undefined; level: Compatibility },
): void {
  assert(older !== undefined, 'every id of a subject has a text');
  try {
    writerType(text).createResolver(writerType(older));
    if (level === 'FULL_TRANSITIVE') writerType(older).createResolver(writerType(text));
  } catch (cause) {
    throw new RegistryFault('INCOMPATIBLE', `${subject} can't take this version`, cause);
  }
}
