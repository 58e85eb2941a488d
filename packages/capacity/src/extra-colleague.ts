import { loadPerHour, spread } from './caseload-measures.ts';
import { compareRatios, type Ratio } from './ratio.ts';

export type Colleague = {
  readonly name: string;
  /** Net minutes a week. */
  readonly minutes: number;
  /** What this person is besides: intaker (C24), jobcoach (C25). */
  readonly roles: readonly string[];
};

export type Group = {
  readonly name: string;
  readonly clients: number;
  readonly colleagues: readonly Colleague[];
};

/** What comes of it when the extra colleague joins one group, or none. */
export type Option = {
  /** The group that is joined; absent: the colleague joins nobody. */
  readonly joins: string | undefined;
  /** Clients per hour of each group, in the order of the groups; nothing without hours. */
  readonly perHour: readonly (Ratio | undefined)[];
  /** The highest over the lowest; the lower, the fairer. */
  readonly spread: Ratio | undefined;
  /** Roles that every group should have and this group has not. */
  readonly missing: readonly { readonly group: string; readonly role: string }[];
};

/**
 * Tries an extra colleague in every group (C22, T06) and ranks the options by spread, the fairest
 * first; of equal ones the group named first. Joining nobody is shown last, to compare with. Missing
 * roles (C24, C25) are named and do not decide: a role can be given, hours can not.
 */
export function rankOptions(
  groups: readonly Group[],
  extra: Colleague,
  rolesWanted: readonly string[],
): { readonly options: readonly Option[]; readonly nobody: Option } {
  const optionOf = (joins: string | undefined) => {
    const staffed = groups.map((group) =>
      group.name === joins ? { ...group, colleagues: [...group.colleagues, extra] } : group,
    );
    const perHour = staffed.map(({ clients, colleagues }) =>
      loadPerHour(
        clients * 1000,
        colleagues.reduce((sum, one) => sum + one.minutes, 0),
      ),
    );
    return { joins, perHour, spread: spread(perHour), missing: missingRoles(staffed, rolesWanted) };
  };
  return {
    options: groups.map(({ name }) => optionOf(name)).sort(bySpread),
    nobody: optionOf(undefined),
  };
}

function bySpread(a: Option, b: Option): number {
  if (a.spread === undefined || b.spread === undefined) {
    return Number(a.spread === undefined) - Number(b.spread === undefined);
  }
  return compareRatios(a.spread, b.spread);
}

function missingRoles(groups: readonly Group[], wanted: readonly string[]) {
  return groups.flatMap(({ name, colleagues }) =>
    wanted
      .filter((role) => !colleagues.some(({ roles }) => roles.includes(role)))
      .map((role) => ({ group: name, role })),
  );
}
