/** Taking over a demarcation, and what it means for the offices that count their load. */
import type {
  ClientKey,
  ClientState,
  DemarcationActivated,
  EventId,
  LoadChanged,
  OfficeId,
  SourcePosition,
} from '@smc/domain';
import { LoadCount, stockChanges, type Demarcation, type OfficeChanges } from '@smc/decision';
import type { LogRecord } from '@smc/log';
import type { ActiveDemarcations } from './active-demarcations.ts';
import type { Batch } from './batch.ts';
import { sourceOf } from './source-of.ts';

/**
 * Decides by the demarcation from now on, in a batch of its own. Offices whose counting begins or
 * ends with it are told what this partition's clients have in hand with them.
 */
export async function takeOver(
  batch: Batch,
  record: LogRecord,
  about: {
    readonly command: DemarcationActivated;
    readonly demarcation: Demarcation;
    readonly active: ActiveDemarcations;
    readonly clients: AsyncIterable<readonly (readonly [ClientKey, ClientState])[]>;
    readonly intakeNext: number;
  },
): Promise<void> {
  const { command, demarcation, active, clients, intakeNext } = about;
  const source = sourceOf(record);
  const before = active.counted;
  active.activate(command, demarcation);
  const counted = { before, after: active.counted };
  if (changesCounting(counted)) {
    for (const event of stockEvents(await stockOf(clients, counted), source)) {
      batch.tell(record, event);
    }
  }
  const { type } = command;
  const outcome = { outcome: 'taken', reason: '' } as const;
  const answer = { source, command: type, intakeNext, ...outcome };
  batch.answerCommand(record, { type: 'CommandAnswered', ...answer });
}

/** Offices whose load is counted, before and after an activation. */
export type Counted = {
  readonly before: ReadonlySet<OfficeId>;
  readonly after: ReadonlySet<OfficeId>;
};

function changesCounting({ before, after }: Counted): boolean {
  return before.size !== after.size || [...after].some((office) => !before.has(office));
}

async function stockOf(
  slices: AsyncIterable<readonly (readonly [ClientKey, ClientState])[]>,
  counted: Counted,
): Promise<readonly OfficeChanges[]> {
  const stock = new LoadCount();
  for await (const clients of slices) {
    const states = clients.map(([, state]) => state);
    for (const { office, changes } of stockChanges(states, counted)) {
      for (const entry of changes) stock.add(office, entry);
    }
  }
  return stock.changes();
}

/** A stock as events, numbered like those of any other input. */
export function stockEvents(
  stock: readonly OfficeChanges[],
  source: SourcePosition,
): readonly LoadChanged[] {
  const { topic, partition, offset } = source;
  return stock.map(({ office, changes }, n) => ({
    type: 'LoadChanged',
    eventId: `${topic}-${partition}-${offset}-o${n + 1}` as EventId,
    source,
    office,
    changes,
  }));
}
