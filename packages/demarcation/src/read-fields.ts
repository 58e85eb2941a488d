import { isLocalDate, type LocalDate } from '@smc/domain';
import { LIST_ITEMS_MAX } from './document.ts';
import type { YamlCursor } from './yaml-cursor.ts';

const NAME_CHARACTERS_MAX = 200;

export function readName(at: YamlCursor): string | undefined {
  return at.text(
    (text) => (text.trim() !== '' && text.length <= NAME_CHARACTERS_MAX ? text.trim() : undefined),
    `a text of 1 to ${NAME_CHARACTERS_MAX} characters`,
  );
}

export function readDate(at: YamlCursor): LocalDate | undefined {
  return at.text((text) => (isLocalDate(text) ? text : undefined), 'a date such as 2026-07-01');
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
