import { isIdentifier, isLocalDate, type Brand, type LocalDate } from '@smc/domain';
import { whole, type YamlCursor } from './yaml-cursor.ts';
import { LIST_ITEMS_MAX, type Named } from './document.ts';

const NAME_CHARACTERS_MAX = 200;

export function readId<Name extends string>(at: YamlCursor): Brand<string, Name> | undefined {
  return at.text(
    (text) => (isIdentifier<Name>(text) ? text : undefined),
    'an id: 1 to 64 letters, digits or . _ : -',
  );
}

export function readName(at: YamlCursor): string | undefined {
  return at.text(
    (text) => (text.trim() !== '' && text.length <= NAME_CHARACTERS_MAX ? text.trim() : undefined),
    `a text of 1 to ${NAME_CHARACTERS_MAX} characters`,
  );
}

export function readDate(at: YamlCursor): LocalDate | undefined {
  return at.text((text) => (isLocalDate(text) ? text : undefined), 'a date such as 2026-07-01');
}

export function readWord<Word extends string>(
  at: YamlCursor,
  words: readonly Word[],
): Word | undefined {
  return at.text((text) => words.find((word) => word === text), `one of ${words.join(', ')}`);
}

export function readNamed<Name extends string>(
  at: YamlCursor,
): Named<Brand<string, Name>> | undefined {
  const fields = at.fields(['id', 'name']);
  const named = whole({ id: readId<Name>(fields.id), name: readName(fields.name) });
  return named && at.problems.remember(named, at);
}

/** The items that could be read; the others have been reported. */
export function readList<T>(
  at: YamlCursor,
  read: (item: YamlCursor) => T | undefined,
  max = LIST_ITEMS_MAX,
): readonly T[] {
  return at
    .list(max)
    .map(read)
    .filter((item) => item !== undefined);
}
