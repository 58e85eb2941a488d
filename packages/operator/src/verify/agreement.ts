import {
  DIVISIONS,
  TOPICS,
  type Acknowledgement,
  type ClientKey,
  type Division,
} from '@smc/domain';
import type { ClientStateRecord, Codec } from '@smc/events';
import type { LogReader } from '@smc/log';
import type { Findings } from './findings.ts';
import { readOwn } from './read-own.ts';
import { RecordCursor } from './record-cursor.ts';

export type Agreement = {
  readonly division: Division;
  /** Clients of which it acknowledged the newest event with the right team. */
  readonly agrees: number;
  readonly behind: number;
};

type Newest = Map<ClientKey, Map<Division, Acknowledgement>>;

/**
 * Whether all divisions know the same team for each client (B43): the newest acknowledgement of
 * each must be of the client's last event and name the client's team.
 */
export async function checkAgreement(
  tools: { readonly reader: LogReader; readonly codec: Codec; readonly findings: Findings },
  partition: number,
  clients: ReadonlyMap<ClientKey, ClientStateRecord>,
): Promise<readonly Agreement[]> {
  const newest = await readAcknowledgements(tools, partition);
  const agrees = new Map<Division, number>();
  let known = 0;
  for (const [client, state] of clients) {
    if (state.sequence === 0) continue;
    known++;
    for (const division of DIVISIONS) {
      const said = newest.get(client)?.get(division);
      if (said?.clientSequence === state.sequence && said.team === state.team) {
        agrees.set(division, (agrees.get(division) ?? 0) + 1);
      } else {
        const where = `${TOPICS.acknowledgements}-${partition}`;
        const what = `${division} stands at event ${said?.clientSequence ?? 0} of client ${client}, the router at ${state.sequence}`;
        tools.findings.add('DIVISION_DISAGREES', where, what);
      }
    }
  }
  return DIVISIONS.map((division) => {
    const n = agrees.get(division) ?? 0;
    return { division, agrees: n, behind: known - n };
  });
}

async function readAcknowledgements(
  tools: { readonly reader: LogReader; readonly codec: Codec },
  partition: number,
): Promise<Newest> {
  const newest: Newest = new Map();
  const at = { topic: TOPICS.acknowledgements, partition };
  const cursor = await RecordCursor.open(tools.reader, at);
  for (let record = await cursor.next(); record !== undefined; record = await cursor.next()) {
    const said = await readOwn(tools.codec, record, 'Acknowledgement');
    const byDivision = newest.get(said.clientKey) ?? new Map<Division, Acknowledgement>();
    if ((byDivision.get(said.division)?.clientSequence ?? 0) <= said.clientSequence) {
      byDivision.set(said.division, said);
    }
    newest.set(said.clientKey, byDivision);
  }
  return newest;
}
