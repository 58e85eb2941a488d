import { accept, refuse, type Result } from '@smc/domain';
import { ceil, ratio } from './ratio.ts';

/**
 * Work besides the caseload, in minutes a week: a named side task (C13: werkintakes), schooling,
 * consultation or what is unexpected (D10). Data on a person, never a constant.
 */
export type SideTask = { readonly name: string; readonly minutes: number };

export type Contract = {
  /** Contract time in minutes a week. */
  readonly minutes: number;
  readonly sideTasks: readonly SideTask[];
  /** E21: exempt on so many days of a working week of so many days. */
  readonly exempt: { readonly days: number; readonly of: number } | undefined;
};

/** In minutes a week: `contract - exempt - sideTasks = net`. */
export type NetMinutes = {
  readonly contract: number;
  readonly exempt: number;
  readonly sideTasks: number;
  readonly net: number;
};

/** More is taken off than the contract holds. */
export type NetRefusal = { readonly code: 'DEDUCTIONS_EXCEED_CONTRACT'; readonly minutes: number };

/**
 * The minutes a week that are left for clients (C12, C13, D10, E21). An exemption takes its part of
 * the contract, in whole minutes and up: capacity is never stated too high.
 */
export function netMinutes(contract: Contract): Result<NetMinutes, NetRefusal> {
  const { minutes, exempt } = contract;
  const exemptMinutes =
    exempt === undefined ? 0 : ceil(ratio(BigInt(minutes) * BigInt(exempt.days), exempt.of));
  const sideTasks = contract.sideTasks.reduce((sum, task) => sum + task.minutes, 0);
  const net = minutes - exemptMinutes - sideTasks;
  if (net < 0) return refuse({ code: 'DEDUCTIONS_EXCEED_CONTRACT', minutes: -net });
  return accept({ contract: minutes, exempt: exemptMinutes, sideTasks, net });
}
