/** The loop: lots of lines, each event to every scenario, decisions to a file, Ctrl-C in between. */
import type { IntakeEvent } from '@smc/domain';
import type { Language } from '@smc/decision';
import { REJECTIONS_MAX, type Rejection } from '@smc/intake';
import { CaseFileFault, type CaseLot } from './cases/read-cases.ts';
import type { DecisionFile } from './decisions/decision-file.ts';
import { rowsOf, type DecisionRow } from './decisions/decision-row.ts';
import { Sample } from './decisions/sample.ts';
import { OtherTeams, type Moved } from './other-teams.ts';
import type { Simulation } from './simulation.ts';

export type SimulationProgress = {
  readonly bytes: number;
  readonly events: number;
  readonly rejectedLines: number;
};

export type SimulationReport = SimulationProgress & {
  /** The first of them. */
  readonly rejections: readonly Rejection[];
  /** Why it ended before the file did; what was read until then is decided and counted. */
  readonly stopped: 'INTERRUPTED' | 'LINE_REJECTED' | CaseFileFault['code'] | undefined;
  /** What is wrong with the file as a whole; empty when nothing is. */
  readonly fault: string;
  /** Of every scenario but the first, how clients fare against the first. */
  readonly moved: readonly Moved[];
  readonly samples: readonly (readonly DecisionRow[])[];
};

export type RunOptions = {
  readonly lots: AsyncIterable<CaseLot>;
  readonly simulations: readonly Simulation[];
  /** Ends after the lot at hand. */
  readonly signal: AbortSignal;
  /** Ends when a line was rejected. */
  readonly strict: boolean;
  readonly file: DecisionFile | undefined;
  /** Explanations in words in the file; undefined: codes alone. */
  readonly language: Language | undefined;
  readonly sample: { readonly size: number; readonly seed: number; readonly language: Language };
  readonly onProgress: (progress: SimulationProgress) => void;
};

export async function runSimulation(options: RunOptions): Promise<SimulationReport> {
  const run = new Run(options);
  try {
    for await (const lot of options.lots) {
      await run.take(lot);
      if (run.stopped !== undefined) break;
    }
  } catch (error) {
    if (!(error instanceof CaseFileFault)) throw error;
    run.fail(error);
  }
  return run.report();
}

class Run {
  readonly #options: RunOptions;
  readonly #others: readonly OtherTeams[];
  readonly #samples: readonly Sample[];
  readonly #rejections: Rejection[] = [];
  #progress: SimulationProgress = { bytes: 0, events: 0, rejectedLines: 0 };
  #fault: CaseFileFault | undefined;
  stopped: SimulationReport['stopped'];

  constructor(options: RunOptions) {
    this.#options = options;
    const [, ...rest] = options.simulations;
    this.#others = rest.map(() => new OtherTeams());
    this.#samples = options.simulations.map(() => new Sample(options.sample));
  }

  async take(lot: CaseLot): Promise<void> {
    const { file, strict, signal, onProgress } = this.#options;
    const rows: DecisionRow[] = [];
    for (const event of lot.events) this.#decide(event, rows);
    await file?.write(rows);
    const { rejections, rejectedLines, bytes } = lot;
    this.#rejections.push(...rejections.slice(0, REJECTIONS_MAX - this.#rejections.length));
    this.#progress = {
      bytes,
      events: this.#progress.events + lot.events.length,
      rejectedLines: this.#progress.rejectedLines + rejectedLines,
    };
    onProgress(this.#progress);
    if (strict && rejectedLines > 0) this.stopped = 'LINE_REJECTED';
    else if (signal.aborted) this.stopped = 'INTERRUPTED';
  }

  fail(fault: CaseFileFault): void {
    // A pipe breaks off where somebody stops the run.
    if (this.#options.signal.aborted) this.stopped = 'INTERRUPTED';
    else {
      this.#fault = fault;
      this.stopped = fault.code;
    }
  }

  report(): SimulationReport {
    return {
      ...this.#progress,
      rejections: this.#rejections,
      stopped: this.stopped,
      fault: this.#fault?.message ?? '',
      moved: this.#others.map((it) => it.moved),
      samples: this.#samples.map(({ rows }) => rows),
    };
  }

  #decide(event: IntakeEvent, rows: DecisionRow[]): void {
    const { simulations, file, language, sample } = this.#options;
    const taken = simulations.map((simulation) => simulation.take(event));
    for (const [i, one] of taken.entries()) {
      const demarcation = simulations[i]?.scenario.name ?? '';
      if (file !== undefined) rows.push(...rowsOf(one, { demarcation, language }));
      if (sample.size === 0) continue;
      const bare = rowsOf(one, { demarcation, language: undefined });
      bare.forEach((row, nth) =>
        this.#samples[i]?.offer(
          row,
          () => rowsOf(one, { demarcation, language: sample.language })[nth] ?? row,
        ),
      );
    }
    const [first, ...rest] = taken;
    if (first === undefined) return;
    for (const [i, other] of rest.entries()) this.#others[i]?.add(first, other);
  }
}
