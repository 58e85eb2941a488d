import type { KillReport } from './kill-run.ts';

/** The report in lines for people. */
export function describe(report: KillReport): readonly string[] {
  const { verdict, assignments, kcat, rebuilt, endedByThemselves } = report;
  const hidden = assignments.written - assignments.committed;
  const faults = [...rebuilt].map(([code, count]) => `${code} ${count}`).join(', ');
  return [
    `sent       ${report.eventsSent} events; the last was answered ${seconds(report.settledMs)} s after the last fault`,
    `cases      ${verdict.cases}: ${verdict.assigned} assigned, ${verdict.parked} parked; ${verdict.released} released, ${verdict.handedOver} handed over`,
    `lost       ${verdict.lost}, duplicated ${verdict.duplicated}, unanswered ${verdict.pending}`,
    `workload   ${verdict.offices} offices chose ${verdict.choices} teams; ${verdict.awaiting} cases wait for one; counters ${counters(report)}`,
    `clients    ${verdict.clients}, with two teams at a time: ${verdict.clientsWithTwoTeams}`,
    `aborted    ${hidden} of ${assignments.written} records on smc.assignments, in ${assignments.abortedTransactions} transactions: hidden from readers`,
    `rebuilt    ${faults || 'no task'}`,
    kcat === undefined
      ? 'kcat       is not installed here: nobody has counted a second time'
      : `kcat       ${kcat.records} records, ${kcat.distinctIds} distinct ids; our reader ${assignments.committed}`,
    ...endedByThemselves.map((what) => `ENDED BY ITSELF: ${what}`),
    ...verdict.findings.slice(0, 10).map(({ code, where, what }) => `${code}  ${where}: ${what}`),
    `verdict    ${report.clean ? 'clean' : `NOT clean: ${findings(report)}`}`,
  ];
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);

const counters = ({ verdict }: KillReport) =>
  (verdict.findingCounts.COUNTERS_DIFFER ?? 0) === 0 ? 'equal the recount' : 'DIFFER';

const findings = ({ verdict }: KillReport) =>
  Object.entries(verdict.findingCounts)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ') || 'see above';
