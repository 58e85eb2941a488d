import { TOPICS, type ActiveDemarcation, type Checkpoint } from '@smc/domain';
import type { Demarcation, Rulebook } from '@smc/decision';
import type { Codec } from '@smc/events';
import type { LogReader } from '@smc/log';
import { ActiveDemarcations } from '@smc/router';
import type { Findings } from './findings.ts';
import { RecordCursor } from './record-cursor.ts';

type Tools = {
  readonly reader: LogReader;
  readonly codec: Codec;
  readonly demarcation: (contentHash: string) => Promise<Demarcation | undefined>;
  readonly findings: Findings;
};

/**
 * The sets of versions that a partition has decided by, one after the other: each activation it
 * has taken makes the next. A walk over the inputs settles on one and never goes back.
 */
export class Activations {
  readonly #sets: readonly Rulebook[];
  #settled = 0;

  private constructor(sets: readonly Rulebook[]) {
    this.#sets = sets;
  }

  /** Reads the activations which the checkpoint says that the task has taken. */
  static async read(
    tools: Tools,
    partition: number,
    checkpoint: Checkpoint | undefined,
  ): Promise<Activations> {
    const commands = await RecordCursor.open(tools.reader, { topic: TOPICS.commands, partition });
    const taken: ActiveDemarcation[] = [];
    const sets: Rulebook[] = [];
    for (let record = await commands.next(); record !== undefined; record = await commands.next()) {
      if (record.offset >= (checkpoint?.commandsNext ?? 0)) break;
      const decoded = tools.codec.decode(record.value, ['DemarcationActivated']);
      if (decoded.ok !== true) continue;
      taken.push(decoded.value);
      sets.push(await rulebookOf(tools, taken, `${record.topic}-${partition}@${record.offset}`));
    }
    return new Activations(sets);
  }

  /** The set settled on and those after it. */
  candidates(): readonly Rulebook[] {
    return this.#sets.slice(this.#settled);
  }

  settle(rulebook: Rulebook): void {
    this.#settled = Math.max(this.#settled, this.#sets.indexOf(rulebook));
  }
}

async function rulebookOf(
  tools: Tools,
  taken: readonly ActiveDemarcation[],
  where: string,
): Promise<Rulebook> {
  const active = new ActiveDemarcations();
  for (const version of taken) {
    const demarcation = await tools.demarcation(version.contentHash);
    if (demarcation === undefined) {
      tools.findings.add('DEMARCATION_MISSING', where, `${version.version} is not whole`);
      continue;
    }
    active.activate(version, demarcation);
  }
  return active;
}
