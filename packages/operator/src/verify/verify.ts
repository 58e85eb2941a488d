import { DIVISIONS, TOPICS, type Division } from '@smc/domain';
import type { Decide, Demarcation } from '@smc/decision';
import type { Codec } from '@smc/events';
import type { TxnLog } from '@smc/log';
import { checkAgreement } from './agreement.ts';
import { auditClients, type ClientAudit } from './audit-clients.ts';
import { Exchange } from './exchange.ts';
import { Findings, type Finding, type FindingCode } from './findings.ts';
import { auditOffices, type OfficeAudit } from './office-walk.ts';
import { RecordCursor } from './record-cursor.ts';
import { Recount } from './recount.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';

export type VerifyOptions = {
  readonly log: TxnLog;
  readonly codec: Codec;
  readonly decide: Decide;
  readonly demarcation: (contentHash: string) => Promise<Demarcation | undefined>;
  /** Whether the divisions are expected to have caught up. */
  readonly divisions: boolean;
  readonly progress?: (records: number) => void;
};

export type Verdict = {
  /** Nothing was found, and nothing is left to be routed. */
  readonly clean: boolean;
  readonly cases: number;
  readonly assigned: number;
  readonly parked: number;
  readonly closedUnplaced: number;
  readonly released: number;
  readonly handedOver: number;
  readonly refused: number;
  readonly repeated: number;
  /** Cases that wait for an office to choose a team by workload. */
  readonly awaiting: number;
  /** Offices that count their load, and the teams they have chosen. */
  readonly offices: number;
  readonly choices: number;
  /** Records of cases, and what is under way between clients and offices, that no router has answered. */
  readonly pending: number;
  readonly unchecked: number;
  readonly clients: number;
  readonly clientsWithTwoTeams: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Per division, the clients of which it knows the team; empty when that was not asked. */
  readonly agreement: readonly {
    readonly division: Division;
    readonly agrees: number;
    readonly behind: number;
  }[];
  readonly findingCounts: Readonly<Partial<Record<FindingCode, number>>>;
  /** The first hundred. */
  readonly findings: readonly Finding[];
};

/**
 * Proves from the log alone that every case was routed exactly once, by the rules, in order, that
 * each client has one team, and that offices which choose by workload count what there is; with
 * `divisions`, also that all five know each client's team. Reads committed records only and writes
 * nothing. What is judged is each partition as its changelog has it when the check begins.
 */
export async function verify(options: VerifyOptions): Promise<Verdict> {
  const findings = new Findings();
  const counts = await options.log.partitionCounts([TOPICS.intake]);
  const partitions = [...Array(counts.get(TOPICS.intake) ?? 0).keys()];
  const reader = await options.log.openReader();
  const clients: ClientAudit[] = [];
  const offices: OfficeAudit[] = [];
  const agreement = new Map<Division, { agrees: number; behind: number }>();
  try {
    // Intake is bounded first and the snapshot taken after it; what comes in later is not judged.
    const begun: { readonly intake: RecordCursor; readonly snapshot: Snapshot }[] = [];
    for (const partition of partitions) {
      const intake = await RecordCursor.open(reader, { topic: TOPICS.intake, partition });
      begun.push({ intake, snapshot: await readSnapshot(reader, options.codec, partition) });
    }
    const tools = {
      ...options,
      reader,
      findings,
      progress: options.progress ?? (() => {}),
      snapshots: begun.map(({ snapshot }) => snapshot),
      toOffices: new Exchange(),
      toClients: new Exchange(),
      recount: new Recount(),
    };
    for (const [partition, { intake, snapshot }] of begun.entries()) {
      const audit = await auditClients({ ...tools, snapshot }, partition, intake);
      clients.push(audit);
      if (!options.divisions) continue;
      for (const { division, agrees, behind } of await checkAgreement(
        tools,
        partition,
        audit.clients,
      )) {
        const so = agreement.get(division) ?? { agrees: 0, behind: 0 };
        agreement.set(division, { agrees: so.agrees + agrees, behind: so.behind + behind });
      }
    }
    // What clients' tasks wrote to offices is known by now.
    for (const partition of partitions) offices.push(await auditOffices(tools, partition));
    if (clients.every(({ unchecked }) => unchecked === 0)) tools.recount.report(findings);
  } finally {
    await reader.close();
  }
  return verdictOf({ clients, offices }, findings, agreement);
}

function verdictOf(
  audits: { readonly clients: readonly ClientAudit[]; readonly offices: readonly OfficeAudit[] },
  findings: Findings,
  agreement: ReadonlyMap<Division, { agrees: number; behind: number }>,
): Verdict {
  const sum = (of: (audit: ClientAudit) => number) => sumOf(audits.clients, of);
  const pending = sum((a) => a.pending) + sumOf(audits.offices, (a) => a.pending);
  return {
    clean: findings.total === 0 && pending === 0,
    cases: sum((a) => a.cases),
    assigned: sum((a) => a.assigned),
    parked: sum((a) => a.parked),
    closedUnplaced: sum((a) => a.closedUnplaced),
    released: sum((a) => a.released),
    handedOver: sum((a) => a.handedOver),
    refused: sum((a) => a.refused),
    repeated: sum((a) => a.repeated),
    awaiting: sum((a) => a.awaiting),
    offices: sumOf(audits.offices, (a) => a.offices),
    choices: sumOf(audits.offices, (a) => a.choices),
    pending,
    unchecked: sum((a) => a.unchecked),
    clients: sum((a) => a.clients.size),
    clientsWithTwoTeams: sum((a) => a.clientsWithTwoTeams),
    lost: findings.count('LOST'),
    duplicated: findings.count('DUPLICATED'),
    agreement: DIVISIONS.flatMap((division) => {
      const so = agreement.get(division);
      return so === undefined ? [] : [{ division, ...so }];
    }),
    findingCounts: Object.fromEntries(findings.counts),
    findings: findings.kept,
  };
}

function sumOf<T>(audits: readonly T[], of: (audit: T) => number): number {
  return audits.reduce((sum, audit) => sum + of(audit), 0);
}
