/**
 * The rules of the proof once more, written plainly from the requirements: every day that the
 * document mentions, every kind of case, every postcode and every pair of last digits is walked, and
 * nothing is remembered or grouped. Gives each broken rule with its file and line, errors only.
 */
import type { NaiveFile, Steps } from './naive-document.ts';

/* What stands in the files, after the schema has judged its form. */
export type Codes = 'all' | string[];
export type NaiveCompetence = { from: string; laws: Codes; products: Codes; lines?: Codes };
export type NaiveHours = {
  from: string;
  until?: string;
  role: string;
  hours: number | string;
  exemptDays?: number;
  sideTasks?: { hours: number | string }[];
  line?: string;
};
export type NaiveTeam = NaiveCompetence & {
  id: string;
  until?: string;
  profile?: string;
  competences?: NaiveCompetence[];
  capacity?: NaiveHours[];
  band?: string;
  postcodes?: (string | number)[];
  bsn?: (string | number)[];
};
export type NaiveOffice = {
  id: string;
  district: string;
  bases: { from: string; basis: string }[];
  teams: NaiveTeam[];
  sharedRanges?: { postcodes: (string | number)[]; teams: string[] }[];
  sensitiveNeighbourhoods?: { id: string; postcodes: (string | number)[] }[];
  normTimes?: Record<string, number>;
};
type Named = { id: string };
export type NaiveOrganisation = {
  effectiveFrom: string;
  settings: { routes: Record<string, string | { office: string }> };
  laws: string[];
  products: string[];
  employments?: string[];
  lines?: string[];
  lineTable?: { law: string; employment: string; line: string }[];
  byHand?: { laws?: Codes; products?: Codes; lines?: Codes; offices?: Codes }[];
  participatiewet?: { team: string; byOffice?: Record<string, string> };
  specialGroups?: { group: string; team: string }[];
  exclusions?: { id: string; until?: string; team?: string }[];
  weights?: { products?: Record<string, number> };
  normTimes?: Record<string, number>;
  bands?: Record<string, { min: number; max: number }>;
  roleFloors?: { role: string; hours: number | string; per?: string }[];
  classifications?: {
    id: string;
    from: number;
    to?: number;
    classes: { name: string; from: number; to?: number }[];
  }[];
  districts: Named[];
  arbeidsmarktregios: (Named & { municipalities?: Named[] })[];
  rayons: Named[];
  werkbedrijfOffices: (Named & { rayon: string; arbeidsmarktregio: string })[];
  exceptions: { rule: string; of: string; decision?: string }[];
};

export type NaiveClaim = { from: string; to: string; office: string; regio: string; line: number };

export type World = {
  readonly organisation: NaiveOrganisation;
  readonly organisationFile: NaiveFile;
  readonly offices: readonly { readonly office: NaiveOffice; readonly file: NaiveFile }[];
  readonly claims: readonly NaiveClaim[];
  /** Every day from the version's first on that is mentioned anywhere. */
  readonly days: readonly string[];
  readonly report: (rule: string, file: NaiveFile | 'postcodes.csv', at: Steps | number) => void;
};

export const has = (codes: Codes | undefined, code: string | undefined): boolean =>
  codes === undefined || codes === 'all' || (code !== undefined && codes.includes(code));

export const isThere = (it: { from: string; until?: string }, day: string): boolean =>
  it.from <= day && (it.until === undefined || day < it.until);

export const profileOf = (team: NaiveTeam): string => team.profile ?? 'regular';

/** What the team may handle on the day: the last of the list that has begun. */
export function competenceOn(team: NaiveTeam, day: string): NaiveCompetence | undefined {
  let found: NaiveCompetence | undefined;
  for (const one of team.competences ?? [team]) if (one.from <= day) found = one;
  return found;
}

export type Kind = { law: string; product: string; line: string | undefined };

export function kindsOf({ laws, products, employments, lineTable }: NaiveOrganisation): Kind[] {
  const kinds: Kind[] = [];
  for (const law of laws) {
    const lines: (string | undefined)[] = [];
    for (const row of lineTable ?? []) {
      const counts = row.law === law && (employments ?? []).includes(row.employment);
      if (counts && !lines.includes(row.line)) lines.push(row.line);
    }
    if (lines.length === 0) lines.push(undefined);
    for (const product of products) for (const line of lines) kinds.push({ law, product, line });
  }
  return kinds;
}

export function takes(team: NaiveTeam, { law, product, line }: Kind, day: string): boolean {
  const competence = competenceOn(team, day);
  if (competence === undefined) return false;
  const { laws, products, lines } = competence;
  return has(laws, law) && has(products, product) && has(lines, line);
}

export function isByHand(organisation: NaiveOrganisation, office: string, kind: Kind): boolean {
  return (organisation.byHand ?? []).some(
    (row) =>
      has(row.laws, kind.law) &&
      has(row.products, kind.product) &&
      has(row.lines, kind.line) &&
      has(row.offices, office),
  );
}

export function minutesOf(hours: number | string): number {
  const [whole = '', minutes] = String(hours).split(':');
  return minutes === undefined
    ? Math.round(Number(hours) * 60)
    : Number(whole) * 60 + Number(minutes);
}

/** Below zero where more is taken off than there is. */
export function netOf({ hours, exemptDays, sideTasks }: NaiveHours): number {
  const contract = minutesOf(hours);
  const exempt = Math.ceil((contract * (exemptDays ?? 0) * 2) / 10);
  const tasks = (sideTasks ?? []).reduce((sum, task) => sum + minutesOf(task.hours), 0);
  return contract - exempt - tasks;
}

export function minutesOn(team: NaiveTeam, day: string, role?: string): number {
  let sum = 0;
  for (const hours of team.capacity ?? []) {
    if (isThere(hours, day) && (role === undefined || hours.role === role)) {
      sum += Math.max(0, netOf(hours));
    }
  }
  return sum;
}

export function basisOn(office: NaiveOffice, day: string): number {
  let found = -1;
  for (const [i, { from }] of office.bases.entries()) if (from <= day) found = i;
  return found;
}

/** `3511` or `3511AA-3511CZ` as two whole postcodes. */
export function endsOf(range: string | number): { from: string; to: string; isFine: boolean } {
  const [first = '', last = first] = String(range).split('-');
  const isFine = first.length === 6;
  return { from: isFine ? first : `${first}AA`, to: isFine ? last : `${last}ZZ`, isFine };
}
