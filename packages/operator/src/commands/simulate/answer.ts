import { compareFigures, type SimulationReport, type Summary } from '@smc/simulation';
import { CommandEnd, EXIT } from '../../exit.ts';
import { show, type Output } from '../../output.ts';
import { describeComparison } from './describe-comparison.ts';
import { describeSummary, section } from './describe-summary.ts';
import { NO_CLAIM } from './words.ts';

const REJECTIONS_SHOWN = 20;

type Outcome = {
  readonly report: SimulationReport;
  readonly summaries: readonly Summary[];
  readonly file: string;
};

/** Says what came of it; ends the command where the file was not read to its end. */
export function answer(output: Output, { report, summaries, file }: Outcome): void {
  for (const { line, field, reason } of report.rejections.slice(0, REJECTIONS_SHOWN)) {
    output.talk(`${file}:${line} ${field === '' ? '' : `${field}: `}${reason}`);
  }
  const { rejectedLines, events, stopped, fault } = report;
  if (rejectedLines > 0) output.talk(`${show(rejectedLines)} lines were rejected.`);
  if (events === 0) {
    throw new CommandEnd(EXIT.usage, `${file}: ${fault || 'no case could be read'}.`);
  }
  const { samples, moved, ...input } = report;
  const figures = compareFigures(summaries);
  output.data({ input, summaries, figures, moved, samples, note: NO_CLAIM }, () => [
    ...(summaries.length > 1
      ? describeComparison(summaries, moved)
      : summaries.flatMap(describeSummary)),
    ...describeSamples(report),
    '',
    NO_CLAIM,
  ]);
  if (stopped === undefined) return;
  const done = `after ${show(events)} events; the figures are of those`;
  if (stopped === 'INTERRUPTED') throw new CommandEnd(EXIT.no, `Interrupted ${done}.`);
  if (stopped === 'LINE_REJECTED') throw new CommandEnd(EXIT.usage, `Stopped ${done}.`);
  throw new CommandEnd(EXIT.usage, `${file}: ${fault}, ${done}.`);
}

function describeSamples({ samples }: SimulationReport): readonly string[] {
  return samples.flatMap((rows) =>
    section(
      `Sample of decisions, ${rows[0]?.demarcation ?? ''}`,
      rows.flatMap(({ cases, outcome, team, parkedCode, cause, words }) => [
        `  ${cases.join(' ')}: ${[outcome, team, parkedCode, cause].filter(Boolean).join(', ')}`,
        ...words.map((sentence) => `    ${sentence}`),
      ]),
    ),
  );
}
