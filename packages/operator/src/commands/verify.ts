import type { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';
import { decide } from '@smc/decision';
import { command, connected, outputOf } from '../command.ts';
import type { Connections } from '../connect.ts';
import { publishedDemarcations } from '../demarcations.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { show, type Output } from '../output.ts';
import { createProgress } from '../progress.ts';
import { verify, type Verdict } from '../verify/verify.ts';

type Options = { readonly json?: boolean; readonly settle: string; readonly divisions: boolean };

/** How long between two looks while the system is given time to settle. */
const LOOK_EVERY_MS = 1_000;

export function verifyCommand(): Command {
  const described =
    'proves from the log that every case was routed exactly once, in order, by the rules: decides ' +
    'everything again and compares byte for byte. 1 when something is wrong or still to be routed';
  return command('verify', described, 'verify --settle 30')
    .option('--settle <seconds>', 'how long the system may take to finish what is under way', '0')
    .option('--no-divisions', 'leave out whether the five divisions know the same')
    .action(async (options: Options) => {
      const output = outputOf(options);
      const seconds = Number(options.settle);
      if (!Number.isFinite(seconds) || seconds < 0) {
        throw new CommandEnd(EXIT.usage, `--settle takes seconds; got ${options.settle}`);
      }
      const verdict = await connected((connections) =>
        verifySettled(connections, {
          output,
          settleMs: seconds * 1000,
          divisions: options.divisions,
        }),
      );
      output.data(verdict, () => describeVerdict(verdict));
      if (!verdict.clean) throw new CommandEnd(EXIT.no, 'Not clean: see the findings.');
    });
}

export type Settling = {
  readonly output: Output;
  readonly settleMs: number;
  readonly divisions: boolean;
};

/** The verdict, asked again until it is clean or the time is over. */
export async function verifySettled(
  connections: Pick<Connections, 'log' | 'codec'>,
  { output, settleMs, divisions }: Settling,
): Promise<Verdict> {
  const log = await connections.log();
  const codec = await connections.codec();
  const demarcations = await publishedDemarcations(log, codec);
  const until = Date.now() + settleMs;
  for (;;) {
    const progress = createProgress(output, 'checking', 0);
    let seen = 0;
    const verdict = await verify({
      log,
      codec,
      decide,
      divisions,
      demarcation: async (hash) => demarcations(hash),
      progress: (records) => progress.set((seen += records), seen),
    });
    progress.done();
    if (verdict.clean || Date.now() > until) return verdict;
    await delay(LOOK_EVERY_MS);
  }
}

function closedUnplaced({ closedUnplaced: count }: Verdict): string {
  return count === 0 ? '' : `, ${show(count)} closed while an office was choosing`;
}

export function describeVerdict(verdict: Verdict): readonly string[] {
  const n = (value: number) => show(value);
  return [
    `cases      ${n(verdict.cases)} registered: ${n(verdict.assigned)} assigned, ${n(verdict.parked)} parked${closedUnplaced(verdict)}`,
    `events     ${n(verdict.released)} released, ${n(verdict.handedOver)} handed over, ${n(verdict.refused)} dead letters, ${n(verdict.repeated)} repeats`,
    `lost       ${n(verdict.lost)}    duplicated ${n(verdict.duplicated)}    still to be routed ${n(verdict.pending)}`,
    `clients    ${n(verdict.clients)}, of which with more than one team at a time: ${n(verdict.clientsWithTwoTeams)}`,
    ...(verdict.offices > 0
      ? [
          `workload   ${n(verdict.offices)} offices chose ${n(verdict.choices)} teams, ${n(verdict.awaiting)} cases wait for one`,
        ]
      : []),
    ...(verdict.unchecked > 0
      ? [`too old    ${n(verdict.unchecked)} records are past retention and unchecked`]
      : []),
    ...verdict.agreement.map(
      ({ division, agrees, behind }) =>
        `${division.padEnd(18)} knows the team of ${n(agrees)} clients, behind for ${n(behind)}`,
    ),
    ...verdict.findings.slice(0, 20).map(({ code, where, what }) => `${code}  ${where}: ${what}`),
    verdict.clean ? 'verdict    clean' : `verdict    NOT clean: ${summary(verdict)}`,
  ];
}

const summary = ({ findingCounts, pending }: Verdict) =>
  [
    ...Object.entries(findingCounts).map(([code, count]) => `${code} ${count}`),
    ...(pending > 0 ? [`${pending} still to be routed`] : []),
  ].join(', ');
