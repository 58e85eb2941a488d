import type { Division } from '@smc/domain';
import type { Codec } from '@smc/events';
import type { TxnLog } from '@smc/log';
import type { Views } from '@smc/projections';

/** The whole system, running: intake, two routers, the projector and the five divisions. */
export type Constellation = {
  /** Where cases are sent. */
  readonly intakeUrl: string;
  /** Where each division answers for a client. */
  readonly divisionUrls: ReadonlyMap<Division, string>;
  log(): Promise<TxnLog>;
  codec(): Promise<Codec>;
  views(): Views;
  /** Kills one router without warning and says which; it is started again after a while. */
  killRouter(): Promise<string>;
  /** For someone who wants to look around: names and addresses. */
  readonly places: readonly (readonly [what: string, where: string])[];
  /** Stops everything; `keepLogs` leaves the folder of the services' logs, if there is one. */
  stop(options?: { readonly keepLogs: boolean }): Promise<void>;
  readonly logFolder: string | undefined;
};
