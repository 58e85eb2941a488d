/**
 * A demarcation made ready for deciding: which teams come into question for a postcode or for the
 * last two digits of a BSN, best first, found by one search instead of a walk over all teams.
 *
 *   postcode range  3511AA ─────────────────────────────── 3525ZZ   team 1 (PC4)
 *   exception             3512BA ── 3512BZ                          team 2 (PC6)
 *   segments        [  1  ][  2 then 1  ][        1                ]
 *
 * A segment is a stretch of postcodes with the same candidates. It is built once per demarcation,
 * which never changes, and kept as long as that demarcation is.
 */
import { must, type OfficeId, type Postcode, type Reason, type TeamId } from '@smc/domain';
import type {
  Demarcation,
  LineTable,
  Office,
  PostcodeRange,
  PrecedenceRule,
  Team,
} from './demarcation.ts';
import { lastAtMost } from './last-at-most.ts';
import { postcodeNumber } from './postcode-number.ts';

/** A team that a postcode or a BSN suffix points to, and the sentence that says so. */
export type Candidate = {
  readonly team: Team;
  readonly reason: Reason;
  /** Lower is better: whole postcodes beat four digits. Teams of one tier share (A17, B32). */
  readonly tier: 0 | 1;
};

export type OfficeIndex = {
  readonly office: Office;
  /** Its teams that are reached by area, ascending. */
  readonly regular: readonly Team[];
  readonly byPostcode: (postcode: Postcode) => readonly Candidate[];
  /** Hundred entries, one per suffix. */
  readonly byBsnSuffix: readonly (readonly Candidate[])[];
};

export type DemarcationIndex = {
  readonly demarcation: Demarcation;
  readonly office: (id: OfficeId) => OfficeIndex;
  /** The team; undefined when this demarcation does not know it. */
  readonly team: (id: TeamId) => Team | undefined;
  /** The line of a case by its law and employment (B12). */
  readonly lineOf: (law: string, employment: string) => string | undefined;
  /** The reason that names the first `count` rules of the precedence as passed. */
  readonly passedBefore: (count: number) => Reason;
};

const NO_CANDIDATES: readonly Candidate[] = [];
const BSN_SUFFIXES = 100;
const indexes = new WeakMap<Demarcation, DemarcationIndex>();

/** The index of a demarcation, built at the first call. Same demarcation, same index. */
export function indexOf(demarcation: Demarcation): DemarcationIndex {
  const known = indexes.get(demarcation);
  if (known !== undefined) return known;
  const offices = new Map<OfficeId, OfficeIndex>();
  for (const office of demarcation.offices.values()) {
    const teams = office.teams
      .map((id) => must(demarcation.teams.get(id), `office ${office.id} names the unknown ${id}`))
      .filter(({ profile }) => profile === 'regular');
    offices.set(office.id, {
      office,
      regular: teams.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      byPostcode: postcodeCandidates(teams),
      byBsnSuffix: bsnCandidates(teams),
    });
  }
  const index: DemarcationIndex = {
    demarcation,
    office: (id) => must(offices.get(id), `the demarcation names the unknown office ${id}`),
    team: (id) => demarcation.teams.get(id),
    lineOf: lineIndex(demarcation.lines),
    passedBefore: passedIndex(demarcation.settings.precedence),
  };
  indexes.set(demarcation, index);
  return index;
}

function lineIndex(lines: LineTable): DemarcationIndex['lineOf'] {
  if (lines.length === 0) return () => undefined;
  const byLaw = new Map<string, Map<string, string>>();
  for (const { law, employment, line } of lines) {
    const ofLaw = byLaw.get(law) ?? new Map<string, string>();
    byLaw.set(law, ofLaw.set(employment, line));
  }
  return (law, employment) => byLaw.get(law)?.get(employment);
}

/** Made once: nearly every explanation begins with one of these. */
function passedIndex(precedence: readonly PrecedenceRule[]): DemarcationIndex['passedBefore'] {
  const reasons = precedence.map((_, i): Reason => {
    return { code: 'RULES_PASSED', parameters: precedence.slice(0, i) };
  });
  return (count) => must(reasons[count], 'no more rules pass than there are');
}

function bsnCandidates(teams: readonly Team[]): readonly (readonly Candidate[])[] {
  const bySuffix: Candidate[][] = Array.from({ length: BSN_SUFFIXES }, () => []);
  for (const team of teams) {
    for (const { from, to } of team.bsnSuffixes) {
      const reason: Reason = { code: 'TEAM_BY_BSN', parameters: [team.id, from, to] };
      for (let n = Number(from); n <= Number(to); n++) bySuffix[n]?.push({ team, reason, tier: 0 });
    }
  }
  return bySuffix;
}

type Edge = { readonly at: number; readonly opens: boolean; readonly candidate: Ranked };
type Ranked = Candidate & { readonly rank: number };

function postcodeCandidates(teams: readonly Team[]): OfficeIndex['byPostcode'] {
  const edges = edgesOf(teams);
  const starts: number[] = [];
  const segments: (readonly Candidate[])[] = [];
  const open = new Set<Ranked>();
  for (let i = 0; i < edges.length;) {
    const at = edges[i]?.at ?? 0;
    for (let edge = edges[i]; edge !== undefined && edge.at === at; edge = edges[++i]) {
      if (edge.opens) open.add(edge.candidate);
      else open.delete(edge.candidate);
    }
    starts.push(at);
    segments.push([...open].sort((a, b) => a.rank - b.rank));
  }
  const table = Int32Array.from(starts);
  const whole = { low: 0, high: table.length };
  return (postcode) => {
    const segment = lastAtMost(table, postcodeNumber(postcode), whole);
    return segments[segment] ?? NO_CANDIDATES;
  };
}

/** Where ranges begin and have ended, ascending. PC6 ranges rank before PC4 ranges. */
function edgesOf(teams: readonly Team[]): readonly Edge[] {
  const edges: Edge[] = [];
  let order = 0;
  for (const team of teams) {
    for (const range of team.postcodes) {
      const tier = range.precision === 'pc6' ? 0 : 1;
      const rank = tier * 1e6 + order++;
      const candidate = { team, tier, rank, reason: reasonOf(team, range) } as const;
      edges.push({ at: postcodeNumber(range.from), opens: true, candidate });
      edges.push({ at: postcodeNumber(range.to) + 1, opens: false, candidate });
    }
  }
  return edges.sort((a, b) => a.at - b.at);
}

/** Four digits only: a range of one whole postcode would give away where the client lives. */
function reasonOf(team: Team, range: PostcodeRange): Reason {
  const [from, to] = [range.from.slice(0, 4), range.to.slice(0, 4)];
  return { code: 'TEAM_BY_POSTCODE', parameters: [team.id, from, to, range.precision] };
}
