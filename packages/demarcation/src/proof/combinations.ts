/**
 * The kinds of case that an office must be able to place: each law with each product, in each line
 * that the law can have. Kinds with the same eligible teams are one for whoever looks at borders.
 */
import type { LocalDate } from '@smc/domain';
import { handles } from '@smc/decision';
import type { OfficeDocument, Organisation, TeamDocument } from '../document.ts';
import { listed } from './words.ts';

export type Combination = {
  readonly law: string;
  readonly product: string;
  readonly line: string | undefined;
};

/** Without lines a law has one combination per product; with lines one for each line it can have. */
export function combinationsOf(organisation: Organisation): readonly Combination[] {
  const { laws, products, lineTable, employments } = organisation;
  return laws.flatMap((law) => {
    const lines = new Set(
      lineTable
        .filter((row) => row.law === law && employments.includes(row.employment))
        .map((row) => row.line),
    );
    const known: readonly (string | undefined)[] = lines.size === 0 ? [undefined] : [...lines];
    return products.flatMap((product) => known.map((line) => ({ law, product, line })));
  });
}

/** Whether the document says that a person places these cases of the office. */
export function isByHand(
  organisation: Organisation,
  office: OfficeDocument['id'],
  { law, product, line }: Combination,
): boolean {
  return organisation.byHand.some(
    ({ laws, products, lines, offices }) =>
      has(laws, law) &&
      has(products, product) &&
      (lines === 'all' || (line !== undefined && lines.includes(line))) &&
      has(offices, office),
  );
}

function has(codes: readonly string[] | 'all', code: string): boolean {
  return codes === 'all' || codes.includes(code);
}

export type EligibleGroup = {
  readonly teams: readonly TeamDocument[];
  /** The combinations that these teams take; those that a person places are left out. */
  readonly needed: readonly Combination[];
};

/** The combinations by the teams that take them on the day; no team is a group too. */
export function eligibleGroups(
  of: { readonly organisation: Organisation; readonly office: OfficeDocument['id'] },
  teams: readonly TeamDocument[],
  date: LocalDate,
): readonly EligibleGroup[] {
  const groups = new Map<string, { teams: readonly TeamDocument[]; needed: Combination[] }>();
  for (const combination of combinationsOf(of.organisation)) {
    const eligible = teams.filter((team) => handles(team, combination, date));
    const key = eligible.map((team) => team.id).join(' ');
    const group = groups.get(key) ?? { teams: eligible, needed: [] };
    groups.set(key, group);
    if (!isByHand(of.organisation, of.office, combination)) group.needed.push(combination);
  }
  return [...groups.values()];
}

/** `for WIA with wia-aanvraag, `; nothing where it holds for all cases. */
export function forCases(group: EligibleGroup, among: readonly EligibleGroup[]): string {
  return among.length === 1 ? '' : `for ${inWords(group.needed)}, `;
}

/** Three kinds of case are enough to see what is meant. */
export function inWords(combinations: readonly Combination[]): string {
  const words = combinations.map(
    ({ law, product, line }) => `${law} with ${product}${line === undefined ? '' : ` in ${line}`}`,
  );
  return listed(words, 3);
}
