/** Where in a file of the document something stands. Lines and columns count from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** One thing that is wrong with a document, for the person who has to mend it. */
export type Problem = Place & {
  /** The path inside the file: `teams[2].postcodes[0]`. */
  readonly field: string;
  /** What is wrong and what was expected. */
  readonly message: string;
};

/** Whoever has this many problems mends them first; the rest is counted. */
export const PROBLEMS_MAX = 500;

/** `offices/zwolle.yaml:12:5 teams[0].until: ...`, as editors and terminals link it. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, field, message } = problem;
  return `${file}:${line}:${column} ${field}: ${message}`;
}

/** Something that was read from a file and knows where each of its fields stands. */
export type Located = {
  readonly place: Place;
  readonly field: string;
  placeOf(name: string): Place;
};

/** Gathers every problem of a document, and remembers where what was read came from. */
export class Problems {
  readonly #found: Problem[] = [];
  readonly #origins = new WeakMap<object, Located>();
  #uncounted = 0;

  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  /** By file, line and column. */
  get list(): readonly Problem[] {
    const sorted = [...this.#found].sort(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
    );
    const last = sorted.at(-1);
    if (this.#uncounted === 0 || last === undefined) return sorted;
    return [...sorted, { ...last, field: '', message: `and ${this.#uncounted} more problems` }];
  }

  add(place: Place, field: string, message: string): undefined {
    if (this.#found.length < PROBLEMS_MAX) this.#found.push({ ...place, field, message });
    else this.#uncounted++;
  }

  /** What `about` will answer for this object. */
  remember<T extends object>(read: T, origin: Located): T {
    this.#origins.set(read, origin);
    return read;
  }

  /** Another shape of something read earlier stands where that stood. */
  inherit<T extends object>(shape: T, from: object): T {
    const origin = this.#origins.get(from);
    if (origin !== undefined) this.#origins.set(shape, origin);
    return shape;
  }

  /** A problem with a field of something read earlier. */
  about(read: object, name: string, message: string): void {
    const origin = this.#origins.get(read);
    if (origin === undefined) throw new TypeError(`nothing is known of the origin of ${name}`);
    const field = origin.field === '' ? name : `${origin.field}.${name}`;
    this.add(origin.placeOf(name), name === '' ? origin.field : field, message);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
