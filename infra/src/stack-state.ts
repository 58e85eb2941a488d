import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A part of the stack as the state file knows it. */
export type StatePart = {
  readonly name: string;
  readonly address: string;
  readonly logFile: string;
  readonly pid: number;
  /** The process's identity: a later process with the same pid has another one. */
  readonly process: string;
  /** ISO time at which it was ready. */
  readonly since: string;
};

/** What `stack up` has left running, as `state.json` keeps it between commands. */
export type StackState = {
  readonly version: 1;
  readonly bootstrapServers: string;
  readonly registryUrl: string;
  readonly redisUrl: string;
  /** Taken again by the next start where they are free. */
  readonly ports: readonly number[];
  readonly parts: readonly StatePart[];
};

export const stateFileIn = (folder: string): string => path.join(folder, 'state.json');

/** Writes the state; a reader sees the old one or the new one, never half of it. */
export function writeState(folder: string, state: StackState): void {
  mkdirSync(folder, { recursive: true });
  const file = stateFileIn(folder);
  writeFileSync(`${file}.new`, `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** The state; undefined where there is none or where it is not of our making. */
export function readState(folder: string): StackState | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(stateFileIn(folder), 'utf8'));
    return isState(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is StackState {
  return (
    isObject(value) &&
    value['version'] === 1 &&
    ['bootstrapServers', 'registryUrl', 'redisUrl'].every((name) => isText(value[name])) &&
    isListOf(value['ports'], isNumber) &&
    isListOf(value['parts'], isStatePart)
  );
}

const isStatePart = (value: unknown): value is StatePart =>
  isObject(value) &&
  ['name', 'address', 'logFile', 'process', 'since'].every((name) => isText(value[name])) &&
  // A pid of 1 or less would signal everything.
  isNumber(value['pid']) &&
  value['pid'] > 1;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => Number.isInteger(value);
const isListOf = (value: unknown, isEntry: (entry: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isEntry);
