import { DIVISIONS, TOPICS, type Division } from '@smc/domain';
import type { Decide, Demarcation } from '@smc/decision';
import type { Codec } from '@smc/events';
import type { TxnLog } from '@smc/log';
import { checkAgreement } from './agreement.ts';
import { auditPartition, type PartitionAudit } from './audit-partition.ts';
import { Findings, type Finding, type FindingCode } from './findings.ts';

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
  readonly released: number;
  readonly handedOver: number;
  readonly refused: number;
  readonly repeated: number;
  /** Input records that no router has answered yet. */
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
 * Proves from the log alone that every case was routed exactly once, by the rules, in order, and
 * that each client has one team; with `divisions`, also that all five know it. Reads committed
 * records only and writes nothing.
 */
export async function verify(options: VerifyOptions): Promise<Verdict> {
  const findings = new Findings();
  const counts = await options.log.partitionCounts([TOPICS.intake]);
  const partitions = counts.get(TOPICS.intake) ?? 0;
  const reader = await options.log.openReader();
  const audits: PartitionAudit[] = [];
  const agreement = new Map<Division, { agrees: number; behind: number }>();
  try {
    const tools = { ...options, reader, findings, progress: options.progress ?? (() => {}) };
    for (let partition = 0; partition < partitions; partition++) {
      const audit = await auditPartition(tools, partition, partitions);
      audits.push(audit);
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
  } finally {
    await reader.close();
  }
  return verdictOf(audits, findings, agreement);
}

function verdictOf(
  audits: readonly PartitionAudit[],
  findings: Findings,
  agreement: ReadonlyMap<Division, { agrees: number; behind: number }>,
): Verdict {
  const sum = (of: (audit: PartitionAudit) => number) => audits.reduce((n, a) => n + of(a), 0);
  const pending = sum((a) => a.pending);
  return {
    clean: findings.total === 0 && pending === 0,
    cases: sum((a) => a.cases),
    assigned: sum((a) => a.assigned),
    parked: sum((a) => a.parked),
    released: sum((a) => a.released),
    handedOver: sum((a) => a.handedOver),
    refused: sum((a) => a.refused),
    repeated: sum((a) => a.repeated),
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
