import type { Command } from 'commander';
import { comparePeak, type Line, type Queue } from '@smc/capacity';
import { readList, readName, whole, type YamlCursor } from '@smc/demarcation';
import { command, outputOf } from '../../command.ts';
import { figureTable } from '../../figure-table.ts';
import { asHours, readCount, readHours } from './numbers.ts';
import { readInput, type Forms } from './read-input.ts';

type Options = { readonly json?: boolean };

/** A line of a national organisation has thousands of hours a week. */
const LINE_HOURS_MAX = 100_000;
const NORM_MINUTES_MAX = 100_000;
const WEEKS_MAX = 520;

const WORDS = `
waiting = max(0, waiting before + new cases x norm time - hours)      hours of work, end of each week
split: every line for itself; merged: all hours for all cases, as a meerwettig team   (B17)
Merged is never longer; it is shorter when one line has hours left while the other has not.
No chance is in it. It assumes that in the merged line everybody can do every case.

Input, YAML:
  lines:
    - name: vangnetlijn
      hours: 108                       net hours a week
      minutes-per-case: 90
      waiting: 10                      cases, before the first week; may be left out
      new-cases: [60, 110, 125, 70]    of each week`;

export function peakCommand(): Command {
  return command(
    'peak',
    'what a peak does to split client lines and to a merged one, week by week',
    'capacity peak packages/capacity/examples/peak.yaml',
    WORDS,
  )
    .argument('<file>', 'lines with hours and new cases, YAML')
    .action(async (file: string, options: Options) => {
      const answer = simulate(await readInput(file, FORMS));
      outputOf(options).data(answer, () => describe(answer));
    });
}

const FORMS: Forms<readonly Line[]> = {
  yaml(at) {
    const { lines } = at.fields(['lines']);
    const read = readList(lines, readLine, 20);
    if (read.length === 0 && at.problems.isEmpty) lines.expected('one line or more');
    return read;
  },
};

function readLine(at: YamlCursor): Line | undefined {
  const fields = at.fields(['name', 'hours', 'minutes-per-case', 'new-cases'], ['waiting']);
  return whole({
    name: readName(fields.name),
    minutes: readHours(fields.hours, LINE_HOURS_MAX),
    normMinutes: readCount(fields['minutes-per-case'], NORM_MINUTES_MAX),
    backlogCases: fields.waiting === undefined ? 0 : readCount(fields.waiting),
    inflowCases: readList(fields['new-cases'], (week) => readCount(week), WEEKS_MAX),
  });
}

function simulate(lines: readonly Line[]) {
  const { split, splitTotal, merged, ...peaks } = comparePeak(lines);
  const inHours = ({ name, minutes }: Queue) => ({ name, waitingHours: minutes.map(asHours) });
  return {
    lines: split.map(inHours),
    split: inHours(splitTotal),
    merged: inHours(merged),
    splitPeakHours: asHours(peaks.splitPeakMinutes),
    mergedPeakHours: asHours(peaks.mergedPeakMinutes),
  };
}

function describe(answer: ReturnType<typeof simulate>): readonly string[] {
  const queues = [...answer.lines, answer.split, answer.merged];
  const weeks = answer.split.waitingHours.map((_, week) => [
    week + 1,
    ...queues.map(({ waitingHours }) => waitingHours[week] ?? 0),
  ]);
  const { splitPeakHours: split, mergedPeakHours: merged } = answer;
  return [
    'hours of work that wait at the end of the week',
    ...figureTable(['week', ...queues.map(({ name }) => name)], weeks),
    `peak: split ${split} hours, merged ${merged} hours` +
      (merged < split ? `: ${asLess(split, merged)} less` : ''),
  ];
}

const asLess = (split: number, merged: number): string =>
  `${Math.round((100 * (split - merged)) / split)} %`;
