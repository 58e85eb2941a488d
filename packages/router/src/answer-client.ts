/** Inputs of clients: what intake tells of them, and the answers of offices that were asked. */
import {
  partitionOf,
  type CommandAnswered,
  type DemarcationActivated,
  type IntakeEvent,
  type Result,
  type TeamChosen,
} from '@smc/domain';
import type { ClientInput } from '@smc/decision';
import type { Codec, Flaw } from '@smc/events';
import type { LogRecord } from '@smc/log';
import type { Answered, Batch } from './batch.ts';
import { SchemaUnlearned } from './schema-unlearned.ts';
import { sourceOf } from './source-of.ts';

const INTAKE_TYPES = [
  'CaseRegistered',
  'CaseClosed',
  'ClientMoved',
  'ClientStatusChanged',
  'CaseReclassified',
] as const satisfies readonly IntakeEvent['type'][];

/** What comes on `smc.commands`. */
export type Command = DemarcationActivated | TeamChosen;

/** Throws SchemaUnlearned when the command needs a schema that must be fetched first. */
export function readCommand(codec: Codec, record: LogRecord): Result<Command, Flaw> {
  const decoded = codec.decode(record.value, ['DemarcationActivated', 'TeamChosen']);
  if (decoded.ok === 'unlearned') throw new SchemaUnlearned(decoded.schemaId);
  return decoded;
}

export function answerIntake(batch: Batch, record: LogRecord): Answered {
  const decoded = batch.tools.codec.decode(record.value, INTAKE_TYPES);
  if (decoded.ok === 'unlearned') throw new SchemaUnlearned(decoded.schemaId);
  const outcome = decoded.ok ? decideFor(batch, record, decoded.value) : decoded;
  if (!outcome.ok) batch.refuse(record, outcome.refusal);
  else if (!outcome.value.changed) batch.tally.repeats++;
  return 'answered';
}

/**
 * Answers the commands of clients; `intakeNext` is where the task stands in intake at this moment.
 * An activation waits: it is taken in a transaction of its own. A command that can't be read is a
 * dead letter; every other one is answered on `smc.command-answers`.
 */
export function answerCommands(intakeNext: number): (batch: Batch, record: LogRecord) => Answered {
  return (batch, record) => {
    const decoded = readCommand(batch.tools.codec, record);
    if (!decoded.ok) {
      batch.refuse(record, decoded.refusal);
      return 'answered';
    }
    const command = decoded.value;
    if (command.type === 'DemarcationActivated') return 'waits';
    const outcome = becameOf(decideFor(batch, record, command));
    const answer = { source: sourceOf(record), command: command.type, intakeNext, ...outcome };
    batch.answerCommand(record, { type: 'CommandAnswered', ...answer });
    return 'answered';
  };
}

type Outcome = Result<{ readonly changed: boolean; readonly skipped: string | undefined }, Flaw>;

function decideFor(batch: Batch, record: LogRecord, event: ClientInput): Outcome {
  const { store, awaiting, decide } = batch.tools;
  const { clientKey } = event;
  const flaw = batch.tools.headersFlaw(record.headers) ?? misplaced(batch, record, clientKey);
  if (flaw !== undefined) return { ok: false, refusal: flaw };

  const before = store.get(clientKey);
  const decision = decide({ event, source: sourceOf(record) }, before, batch.rulebook);
  if (!decision.ok) return decision;
  const { events, toOffices, state, skipped } = decision.value;
  const changed = state !== before;
  if (changed && state !== undefined) store.set(clientKey, state);
  for (const answer of events) batch.emit(record, answer);
  for (const question of toOffices) batch.tell(record, question);
  // Only an office that was asked, or an answer, makes a difference to who waits for one.
  if (toOffices.length > 0 || awaiting.has(clientKey)) awaiting.note(clientKey, state);
  return { ok: true, value: { changed, skipped } };
}

/**
 * A client's records must all come to one partition under the client's key: otherwise two tasks
 * would each give the client a team.
 */
function misplaced(batch: Batch, record: LogRecord, clientKey: string): Flaw | undefined {
  const { key } = record;
  if (key === undefined || !isAscii(key, clientKey)) {
    return { code: 'KEY_MISMATCH', reason: "the record's key is not the event's clientKey" };
  }
  const partition = partitionOf(key, batch.tools.partitions);
  if (partition === record.partition) return undefined;
  return { code: 'KEY_MISMATCH', reason: `the key belongs to partition ${partition}` };
}

/** Whether the bytes are this ASCII text. */
function isAscii(bytes: Uint8Array, text: string): boolean {
  if (bytes.length !== text.length) return false;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

function becameOf(outcome: Outcome): Pick<CommandAnswered, 'outcome' | 'reason'> {
  if (!outcome.ok) {
    const { code, reason } = outcome.refusal;
    return { outcome: 'refused', reason: `${code}: ${reason}` };
  }
  const { skipped } = outcome.value;
  if (skipped !== undefined) return { outcome: 'skipped', reason: skipped };
  return { outcome: 'taken', reason: '' };
}
