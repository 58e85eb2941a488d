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
import type { Demarcation, Office, PostcodeRange, Team } from './demarcation.ts';
import { lastAtMost } from './last-at-most.ts';
import { postcodeNumber } from './postcode-number.ts';

/** A team that a postcode or a BSN suffix points to, and the sentence that says so. */
export type Candidate = { readonly team: Team; readonly reason: Reason };

export type OfficeIndex = {
  readonly office: Office;
  readonly byPostcode: (postcode: Postcode) => readonly Candidate[];
  /** Hundred entries, one per suffix. */
  readonly byBsnSuffix: readonly (readonly Candidate[])[];
};

export type DemarcationIndex = {
  readonly demarcation: Demarcation;
  readonly office: (id: OfficeId) => OfficeIndex;
  /** The team; undefined when this demarcation does not know it. */
  readonly team: (id: TeamId) => Team | undefined;
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
    const teams = office.teams.map((id) =>
      must(demarcation.teams.get(id), `office ${office.id} names the unknown team ${id}`),
    );
    offices.set(office.id, {
      office,
      byPostcode: postcodeCandidates(teams),
      byBsnSuffix: bsnCandidates(teams),
    });
  }
  const index: DemarcationIndex = {
    demarcation,
    office: (id) => must(offices.get(id), `the demarcation names the unknown office ${id}`),
    team: (id) => demarcation.teams.get(id),
  };
  indexes.set(demarcation, index);
  return index;
}

function bsnCandidates(teams: readonly Team[]): readonly (readonly Candidate[])[] {
  const bySuffix: Candidate[][] = Array.from({ length: BSN_SUFFIXES }, () => []);
  for (const team of teams) {
    for (const { from, to } of team.bsnSuffixes) {
      const reason: Reason = { code: 'TEAM_BY_BSN', parameters: [team.id, from, to] };
      for (let n = Number(from); n <= Number(to); n++) bySuffix[n]?.push({ team, reason });
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
      const rank = range.precision === 'pc6' ? order : order + 1e6;
      order++;
      const candidate = { team, rank, reason: reasonOf(team, range) };
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
