import { readVectors } from '../vectors/read-vectors.ts';

/**
 * `met`: a named test shows it. `next`: reassignment by replay will. `input`: the organisation has
 * to give it, and there is a place for it. `out`: out of reach, and what a user does instead.
 */
export const STATES = ['met', 'next', 'input', 'out'] as const;
export type State = (typeof STATES)[number];

export type Requirement = {
  /** In the file. */
  readonly line: number;
  readonly id: string;
  /** The document and the place in it. */
  readonly source: string;
  readonly asks: string;
  /** How it is met; or why it is not, and what a user does instead. */
  readonly how: string;
  readonly tests: readonly string[];
  readonly state: State;
};

/** How many requirements each source document has, and how many numbers can be tests (T). */
const NUMBERED = { A: 23, B: 44, C: 27, D: 20, E: 40, T: 25 } as const;

/** A01 to E40, and T01 to T25. */
export const REQUIREMENT_IDS: readonly string[] = Object.entries(NUMBERED).flatMap(
  ([document, count]) =>
    Array.from({ length: count }, (_, i) => `${document}${String(i + 1).padStart(2, '0')}`),
);

export function readRequirements(): readonly Requirement[] {
  return readVectors('../requirements.tsv').map((row) => {
    const { line = '', id = '', source = '', asks = '', how = '', tests = '', state = '' } = row;
    if (!isState(state)) {
      throw new Error(`requirements.tsv:${line} state: expected one of ${STATES.join(', ')}`);
    }
    const named = tests === '' ? [] : tests.split(' | ');
    return { line: Number(line), id, source, asks, how, tests: named, state };
  });
}

const isState = (text: string): text is State => STATES.some((state) => state === text);
