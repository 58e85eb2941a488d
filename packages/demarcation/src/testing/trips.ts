/** For each rule of the proof at least one change of a valid document that breaks it, and where. */
import type { RuleId } from '../proof/rules.ts';
import { FULL_FILES } from './full-folder.ts';
import { AREA_TRIPS } from './trips-of-areas.ts';
import { TEAM_TRIPS } from './trips-of-teams.ts';

export type Trip = {
  readonly rule: RuleId;
  /** What the change does, as a test's title. */
  readonly title: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** A text of the line, of the same file or of another, at which it is found. */
  readonly at: string | readonly [file: string, text: string];
  /** Other rules that the same change breaks. */
  readonly also?: readonly RuleId[];
};

export const TRIPS: readonly Trip[] = [...AREA_TRIPS, ...TEAM_TRIPS];

/** The files of the full document after the change. */
export function tripped({ file, from, to }: Trip): Readonly<Record<string, string>> {
  const text = FULL_FILES[file] ?? '';
  if (text.split(from).length !== 2) throw new RangeError(`${file} has not once ${from}`);
  return { ...FULL_FILES, [file]: text.replace(from, () => to) };
}
