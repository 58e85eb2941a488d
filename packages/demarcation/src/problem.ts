import { RULES, severityOf, type RuleId, type Severity } from './proof/rules.ts';

/** Where in a file of the document something stands. Lines and columns count from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** One thing that was found in a document, for the person who has to mend it. */
export type Problem = Place & {
  /** The path inside the file: `teams[2].postcodes[0]`. */
  readonly field: string;
  readonly rule: RuleId;
  /** What is wrong and what was expected. */
  readonly message: string;
};

/** Whoever has this many problems of a kind mends them first; the rest is counted. */
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

/** Gathers everything that is found in a document, and remembers where what was read came from. */
export class Problems {
  readonly #found: Readonly<Record<Severity, Problem[]>> = {
    error: [],
    warning: [],
    information: [],
  };
  readonly #origins = new WeakMap<object, Located>();
  #uncounted = 0;

  /** Whether there is no error. */
  get isEmpty(): boolean {
    return this.#found.error.length === 0;
  }

  /** The errors, by file, line and column. */
  get list(): readonly Problem[] {
    const sorted = sort(this.#found.error);
    const last = sorted.at(-1);
    if (this.#uncounted === 0 || last === undefined) return sorted;
    return [...sorted, { ...last, field: '', message: `and ${this.#uncounted} more problems` }];
  }

  get warnings(): readonly Problem[] {
    return sort(this.#found.warning);
  }

  /** What is told and asks for nothing. */
  get information(): readonly Problem[] {
    return sort(this.#found.information);
  }

  add(place: Place, field: string, message: string, rule: RuleId = 'FORM-FIELD'): undefined {
    const { file, line, column } = place;
    const found = this.#found[severityOf(rule)];
    if (found.length < PROBLEMS_MAX) found.push({ file, line, column, field, rule, message });
    else if (found === this.#found.error) this.#uncounted++;
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

  /** Something with a field (`''`: the whole) of something read earlier. */
  about(read: object, name: string, message: string, rule: RuleId = 'FORM-FIELD'): void {
    const origin = this.#origins.get(read);
    if (origin === undefined) throw new TypeError(`nothing is known of the origin of ${name}`);
    const path = [origin.field, name].filter((part) => part !== '').join('.');
    this.add(name === '' ? origin.place : origin.placeOf(name), path, message, rule);
  }
}

/** What to do about it. */
export const remedyOf = (problem: Problem): string => RULES[problem.rule].remedy;

function sort(found: readonly Problem[]): readonly Problem[] {
  return found.toSorted(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
