/**
 * The proof of one partition's clients, from the log alone.
 *
 * Intake and commands are walked in the order in which the task took them (each command's answer
 * says where the task stood in intake), beside the assignments, answers and dead letters that came
 * of them; all are in the same order, because one task wrote them. Every input is DECIDED AGAIN by
 * the same function, and what stands in the log must be that, byte for byte, once: a case that is
 * missing, doubled, changed or out of order can't pass. What clients' tasks told offices is put
 * down for the walk over the offices. In the end the states that deciding again gave must be the
 * states on the changelog.
 */
import { TOPICS, type ClientKey } from '@smc/domain';
import type { ClientStateRecord } from '@smc/events';
import { ClientWalk, type ClientTools } from './client-walk.ts';
import { CommandQueue } from './command-queue.ts';
import type { Counts } from './event-tally.ts';
import { LetterCursor } from './letter-cursor.ts';
import { RecordCursor } from './record-cursor.ts';
import { answeredUpTo } from './snapshot.ts';

export type ClientAudit = Counts & {
  readonly partition: number;
  /** Cases that wait for an office to choose a team. */
  readonly awaiting: number;
  /** Records of intake and answers of offices that no router has answered yet. */
  readonly pending: number;
  /** Input records that retention has removed: they can't be checked any more. */
  readonly unchecked: number;
  readonly clients: ReadonlyMap<ClientKey, ClientStateRecord>;
};

const PROGRESS_EVERY = 1000;

/** Walks one partition to where its snapshot was taken; `intake` was opened before that. */
export async function auditClients(
  tools: ClientTools,
  partition: number,
  intake: RecordCursor,
): Promise<ClientAudit> {
  const { snapshot } = tools;
  const [intakeUpTo, commandsUpTo] = [
    answeredUpTo(snapshot, TOPICS.intake),
    answeredUpTo(snapshot, TOPICS.commands),
  ];
  const assignments = await RecordCursor.open(tools.reader, {
    topic: TOPICS.assignments,
    partition,
  });
  const commands = await CommandQueue.open(tools, partition, commandsUpTo);
  const walk = new ClientWalk(tools, partition, {
    assignments,
    intakeLetters: await LetterCursor.open(tools, TOPICS.intake, partition),
    commandLetters: await LetterCursor.open(tools, TOPICS.commands, partition),
  });
  const takeCommandsBefore = async (offset: number) => {
    for (
      let next = await commands.nextBefore(offset);
      next;
      next = await commands.nextBefore(offset)
    ) {
      await walk.checkCommand(next);
    }
  };

  let pending = 0;
  let walked = 0;
  for (let record = await intake.next(); record !== undefined; record = await intake.next()) {
    if (++walked % PROGRESS_EVERY === 0) tools.progress(PROGRESS_EVERY);
    if (record.offset >= intakeUpTo) {
      pending++;
      continue;
    }
    await takeCommandsBefore(record.offset);
    await walk.checkIntake(record);
  }
  tools.progress(walked % PROGRESS_EVERY);
  await takeCommandsBefore(Number.POSITIVE_INFINITY);
  await commands.checkRest();
  for (let next = await commands.nextPending(); next; next = await commands.nextPending()) {
    if (walk.meetPending(next)) pending++;
  }
  await walk.checkRest({ intake: intakeUpTo, commands: commandsUpTo });
  const unchecked = intake.start + commands.start;
  if (unchecked === 0) walk.compareStates();
  const counts = walk.counts();
  return { ...counts, partition, pending, unchecked, clients: snapshot.states };
}
