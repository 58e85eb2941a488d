import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode } from 'yaml';
import type { Located, Place, Problems } from './problem.ts';

/** A document file is written by people: a megabyte is fifty times what the largest office needs. */
export const YAML_BYTES_MAX = 1024 * 1024;
/** Deeper than any document goes; a file that is nothing but brackets ends here. */
const DEPTH_MAX = 32;

type Source = { readonly file: string; readonly lines: LineCounter; readonly problems: Problems };

/**
 * Reads YAML text, in which every scalar is a text (`07`, `no` and `2026-01-01` stay what was
 * written). Duplicate keys, tags, aliases and depth are refused; every problem carries its place.
 * JSON is YAML, so a published part is read by the same code as the file it came from.
 */
export function parseYaml(file: string, text: string, problems: Problems): YamlCursor {
  const lines = new LineCounter();
  const source: Source = { file, lines, problems };
  if (Buffer.byteLength(text) > YAML_BYTES_MAX) {
    const expected = `expected at most ${YAML_BYTES_MAX} bytes`;
    problems.add({ file, line: 1, column: 1 }, '', expected, 'FORM-FILE');
    return new YamlCursor(source, undefined, '');
  }
  if (deeperThan(DEPTH_MAX, text)) {
    const expected = `expected at most ${DEPTH_MAX} levels`;
    problems.add({ file, line: 1, column: 1 }, '', expected, 'FORM-YAML');
    return new YamlCursor(source, undefined, '');
  }
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  for (const flaw of [...document.errors, ...document.warnings]) {
    problems.add(placeAt(source, flaw.pos[0]), '', flaw.message, 'FORM-YAML');
  }
  const { contents, errors } = document;
  if (errors.length === 0 && contents === null) {
    problems.add({ file, line: 1, column: 1 }, '', 'expected a map, found nothing', 'FORM-YAML');
  }
  return new YamlCursor(source, errors.length > 0 ? undefined : (contents ?? undefined), '');
}

/** A place in the document and what stands there. Each reading reports what it does not find. */
export class YamlCursor implements Located {
  readonly field: string;
  readonly #source: Source;
  readonly #node: ParsedNode | undefined;

  /** Without a node everything reads as absent and nothing more is reported. */
  constructor(source: Source, node: ParsedNode | undefined, field: string) {
    this.#source = source;
    this.#node = node;
    this.field = field;
  }

  get place(): Place {
    return placeAt(this.#source, this.#node?.range[0] ?? 0);
  }

  get problems(): Problems {
    return this.#source.problems;
  }

  placeOf(name: string): Place {
    if (!isMap(this.#node)) return this.place;
    const pair = this.#node.items.find((item) => isScalar(item.key) && item.key.value === name);
    return placeAt(this.#source, (pair?.value ?? pair?.key ?? this.#node).range[0]);
  }

  expected(what: string): undefined {
    if (this.#node === undefined) return undefined;
    return this.#source.problems.add(this.place, this.field, `expected ${what}`);
  }

  isText(): boolean {
    return isScalar(this.#node);
  }

  /** The text, if `read` makes something of it. */
  text<T>(read: (text: string) => T | undefined, what: string): T | undefined {
    const node = this.#node;
    const value = isScalar(node) && typeof node.value === 'string' ? read(node.value) : undefined;
    return value === undefined ? this.expected(what) : value;
  }

  list(max: number): readonly YamlCursor[] {
    if (this.#node === undefined) return [];
    if (!isSeq(this.#node)) return this.expected('a list') ?? [];
    if (this.#node.items.length > max) return this.expected(`at most ${max} items`) ?? [];
    return this.#node.items.map((item, i) => this.#child(item, `${this.field}[${i}]`));
  }

  /** The fields of a map. Names that are not asked for are problems: they would do nothing. */
  fields<R extends string, O extends string = never>(
    required: readonly R[],
    optional: readonly O[] = [],
  ): Record<R, YamlCursor> & Record<O, YamlCursor | undefined> {
    const found = new Map<string, YamlCursor>();
    if (this.#node !== undefined && !isMap(this.#node)) this.expected('a map');
    if (isMap(this.#node)) {
      const known: readonly string[] = [...required, ...optional];
      for (const { key, value } of this.#node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        const field = this.field === '' ? name : `${this.field}.${name}`;
        const child = this.#child(value ?? key, field);
        if (known.includes(name)) found.set(name, child);
        else child.expected(`one of ${known.join(', ')} as the name of this field`);
      }
      const missing = required.filter((name) => !found.has(name));
      if (missing.length > 0) this.expected(`the field ${missing.join(' and the field ')}`);
    }
    const absent = new YamlCursor(this.#source, undefined, this.field);
    const all = [
      ...required.map((name) => [name, found.get(name) ?? absent]),
      ...optional.map((name) => [name, found.get(name)]),
    ];
    return Object.fromEntries(all) as Record<R, YamlCursor> & Record<O, YamlCursor | undefined>;
  }

  /** The entries of a map whose names are codes of the document. */
  entries(max: number): readonly { readonly name: YamlCursor; readonly child: YamlCursor }[] {
    if (this.#node === undefined) return [];
    if (!isMap(this.#node)) return this.expected('a map') ?? [];
    if (this.#node.items.length > max) return this.expected(`at most ${max} entries`) ?? [];
    return this.#node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      const field = `${this.field}.${name}`;
      return { name: this.#child(key, field), child: this.#child(value ?? key, field) };
    });
  }

  #child(node: ParsedNode, field: string): YamlCursor {
    const child = new YamlCursor(this.#source, node, field);
    if (!isAlias(node)) return child;
    child.expected('the value itself, not a reference to another place');
    return new YamlCursor(this.#source, undefined, field);
  }
}

/** The object when every field was read; undefined when one was not (and has been reported). */
export function whole<T extends object>(
  fields: T,
): { readonly [K in keyof T]: Exclude<T[K], undefined> } | undefined {
  if (Object.values(fields).includes(undefined)) return undefined;
  return fields as { readonly [K in keyof T]: Exclude<T[K], undefined> };
}

function placeAt(source: Source, offset: number): Place {
  const { line, col } = source.lines.linePos(offset);
  return { file: source.file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/**
 * Counts what can open a level, brackets and indentation, before the parser, which recurses, sees
 * it. Brackets inside texts count too: a text with 32 of them is no name either.
 */
function deeperThan(max: number, text: string): boolean {
  let depth = 0;
  for (const line of text.split('\n')) {
    const indent = /^[ -]*/.exec(line)?.[0].length ?? 0;
    if (indent > max * 2) return true;
    for (const character of line) {
      if (character === '[' || character === '{') depth++;
      else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
      if (depth > max) return true;
    }
  }
  return false;
}
