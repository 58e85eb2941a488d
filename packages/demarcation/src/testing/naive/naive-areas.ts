/** The table, the borders and the bases, postcode by postcode. */
import {
  basisOn,
  endsOf,
  isByHand,
  isThere,
  kindsOf,
  minutesOn,
  profileOf,
  takes,
  type Kind,
  type NaiveClaim,
  type NaiveOffice,
  type NaiveTeam,
  type World,
} from './naive-checker.ts';

type Unit = { readonly from: string; readonly to: string };
type Area = { readonly office: string; readonly regio: string };
/** Four digits as a whole, or each whole postcode where any range speaks of whole postcodes. */
type Placed = Unit & Area & { readonly pc4: number };

const PC4S = Array.from({ length: 9000 }, (_, i) => i + 1000);
const LETTERS = Array.from({ length: 676 }, (_, i) =>
  String.fromCharCode(65 + Math.floor(i / 26), 65 + (i % 26)),
).filter((letters) => !['SA', 'SD', 'SS'].includes(letters));
const isFine = ({ from }: NaiveClaim) => from.length === 6;

export function checkAreas(world: World): void {
  const { claims, report } = world;
  const bases = ownersOf(world);
  const fine = claims.filter(isFine);
  for (const [i, claim] of fine.entries()) {
    const isTaken = (at: string) => fine.slice(0, i).some(({ from, to }) => from <= at && at <= to);
    const own = LETTERS.map((letters) => claim.from.slice(0, 4) + letters);
    if (own.some((at) => claim.from <= at && at <= claim.to && isTaken(at))) {
      report('A02-OVERLAP', 'postcodes.csv', claim.line);
    }
  }
  const spoken = new Set(fine.map(({ from }) => Number(from.slice(0, 4))));
  for (const { office } of world.offices) {
    for (const range of office.teams.flatMap((team) => team.postcodes ?? [])) {
      if (endsOf(range).isFine) spoken.add(Number(endsOf(range).from.slice(0, 4)));
    }
  }
  const placed = placedBy(bases, fine, spoken);
  checkRegions(world);
  for (const { office, file } of world.offices) {
    const own = placed.filter((unit) => unit.office === office.id);
    if (own.length === 0) report('A02-EMPTY', file, ['id']);
    checkTeams(world, office, { own, bases });
    checkBases(world, office, own);
    checkNeighbourhoods(world, office, own);
  }
}

/** Every unit with its area; few tables differ between a thousand tests, so the last is kept. */
function placedBy(
  bases: ReadonlyMap<number, NaiveClaim>,
  fine: readonly NaiveClaim[],
  spoken: ReadonlySet<number>,
): readonly Placed[] {
  const key = JSON.stringify([[...new Set(bases.values())], fine, [...spoken]]);
  if (last?.key === key) return last.placed;
  const placed: Placed[] = [];
  for (const pc4 of PC4S) {
    const exceptions = fine.filter((claim) => claim.from.startsWith(String(pc4)));
    const ends = spoken.has(pc4) ? LETTERS.map((l) => [l, l] as const) : [['AA', 'ZZ'] as const];
    for (const [first, end] of ends) {
      const [from, to] = [pc4 + first, pc4 + end];
      const area =
        exceptions.find((claim) => claim.from <= from && to <= claim.to) ?? bases.get(pc4);
      if (area !== undefined)
        placed.push({ pc4, from, to, office: area.office, regio: area.regio });
    }
  }
  last = { key, placed };
  return placed;
}

let last: { readonly key: string; readonly placed: readonly Placed[] } | undefined;

function ownersOf({ claims, report }: World): ReadonlyMap<number, NaiveClaim> {
  const owners = new Map<number, NaiveClaim>();
  for (const claim of claims.filter((one) => !isFine(one))) {
    for (let pc4 = Number(claim.from); pc4 <= Number(claim.to); pc4++) {
      if (owners.has(pc4)) report('A02-OVERLAP', 'postcodes.csv', claim.line);
      else owners.set(pc4, claim);
    }
  }
  let line = 1;
  for (const pc4 of PC4S) {
    line = owners.get(pc4)?.line ?? line;
    if (!owners.has(pc4)) report('A02-GAP', 'postcodes.csv', line);
  }
  return owners;
}

function checkRegions({ organisation, organisationFile, offices, claims, report }: World): void {
  const isExcepted = (rule: string, of: string) =>
    organisation.exceptions.some((one) => one.rule === rule && one.of === of);
  for (const claim of claims) {
    const first = claims.find(({ regio }) => regio === claim.regio);
    if (first?.office !== claim.office && !isExcepted('A06', claim.regio)) {
      report('A06-UNION', 'postcodes.csv', claim.line);
    }
  }
  for (const { office, file } of offices) {
    const own = claims.filter((claim) => claim.office === office.id).map(({ regio }) => regio);
    if (new Set(own).size > 2 && !isExcepted('A07', office.id)) report('A07-REGIONS', file, ['id']);
  }
  for (const [i, regio] of organisation.arbeidsmarktregios.entries()) {
    const of = organisation.werkbedrijfOffices.filter((one) => one.arbeidsmarktregio === regio.id);
    const steps = ['arbeidsmarktregios', i, 'id'];
    if (of.length !== 1) report('A05-WERKBEDRIJF', organisationFile, steps);
  }
}

/** Four digits are the office's if any of it is; a whole postcode if it is itself (B01). */
function checkTeams(
  world: World,
  office: NaiveOffice,
  {
    own,
    bases,
  }: { readonly own: readonly Placed[]; readonly bases: ReadonlyMap<number, NaiveClaim> },
): void {
  const { organisation, report } = world;
  const file = fileOf(world, office);
  const byPc4 = Map.groupBy(own, ({ pc4 }) => pc4);
  for (const [t, team] of office.teams.entries()) {
    if (organisation.exceptions.some((one) => one.rule === 'B01' && one.of === team.id)) continue;
    const regions = new Set<string>();
    for (const [r, range] of (team.postcodes ?? []).entries()) {
      const { from, to, isFine: whole } = endsOf(range);
      let isOutside = false;
      for (let pc4 = Number(from.slice(0, 4)); pc4 <= Number(to.slice(0, 4)); pc4++) {
        const inPc4 = byPc4.get(pc4) ?? [];
        const base = bases.get(pc4);
        if (whole) {
          const inside = inPc4.filter((unit) => from <= unit.from && unit.to <= to);
          const count = LETTERS.filter((l) => from <= pc4 + l && pc4 + l <= to).length;
          isOutside ||= inside.length < count;
          for (const { regio } of inside) regions.add(regio);
        } else {
          isOutside ||= inPc4.length === 0 && base?.office !== office.id;
          const regio = base?.office === office.id ? base.regio : inPc4[0]?.regio;
          if (regio !== undefined) regions.add(regio);
        }
      }
      if (isOutside) report('B01-RANGE', file, ['teams', t, 'postcodes', r]);
    }
    if (regions.size > 1) report('B01-REGION', file, ['teams', t, 'postcodes']);
  }
}

export const fileOf = ({ offices }: World, office: NaiveOffice) => {
  const found = offices.find((one) => one.office === office);
  if (found === undefined) throw new RangeError(office.id);
  return found.file;
};

type Holder = {
  readonly team: NaiveTeam;
  readonly at: readonly (string | number)[];
  readonly from: string;
  readonly to: string;
  readonly isFine: boolean;
};

const rangesOf = (office: NaiveOffice): readonly Holder[] =>
  office.teams.flatMap((team, t) =>
    (team.postcodes ?? []).map((range, r) => ({
      team,
      at: ['teams', t, 'postcodes', r],
      ...endsOf(range),
    })),
  );

/** Who holds the unit: ranges of whole postcodes, or else those of four digits. */
function holdersOf(ranges: readonly Holder[], teams: readonly NaiveTeam[], unit: Unit) {
  const all = ranges.filter(
    ({ team, from, to }) => from <= unit.from && unit.to <= to && teams.includes(team),
  );
  const fine = all.filter(({ isFine: isWhole }) => isWhole);
  return fine.length > 0 ? fine : all;
}

function checkBases(world: World, office: NaiveOffice, own: readonly Placed[]): void {
  const { organisation, days, report } = world;
  const file = fileOf(world, office);
  const tried = new Set<string>();
  // What stays amiss is said on the day on which it begins.
  const said = new Set<string>();
  const isNew = (rule: string, { law, product, line }: Kind) => {
    const key = [rule, law, product, line].join(' ');
    return !said.has(key) && said.add(key);
  };
  for (const day of days) {
    const held = basisOn(office, day);
    const basis = office.bases[held]?.basis;
    if (basis === undefined) report('A08-BASIS', file, ['bases']);
    if (basis === undefined || basis === 'manual') continue;
    const present = office.teams.filter((t) => profileOf(t) === 'regular' && isThere(t, day));
    for (const kind of kindsOf(organisation)) {
      const able = present.filter((team) => takes(team, kind, day));
      const needed = !isByHand(organisation, office.id, kind);
      const at = ['bases', held, 'basis'];
      if (needed && able.length === 0 && isNew('B12', kind)) report('B12-COMBINATION', file, at);
      if (basis === 'workload') {
        const idle = able.length > 0 && able.every((team) => minutesOn(team, day) === 0);
        if (needed && idle && isNew('A09', kind)) report('A09-HOURS', file, at);
        continue;
      }
      // The same teams reach the same clients: one walk is enough for a test of a thousand.
      const key = `${held} ${needed} ${able.map((team) => office.teams.indexOf(team)).join(',')}`;
      if (tried.has(key)) continue;
      tried.add(key);
      if (basis === 'bsn') walkSuffixes(world, office, { able, needed, at });
      else walkPostcodes(world, office, { able, needed, at, own });
    }
  }
}

type Walk = {
  readonly able: readonly NaiveTeam[];
  readonly needed: boolean;
  readonly at: readonly (string | number)[];
};

function walkSuffixes(world: World, office: NaiveOffice, { able, needed, at }: Walk): void {
  const file = fileOf(world, office);
  for (let suffix = 0; suffix < 100; suffix++) {
    const holders = office.teams.flatMap((team, t) =>
      (team.bsn ?? []).flatMap((range, r) => {
        const [from = '', to = from] = String(range).split('-');
        const holds = able.includes(team) && Number(from) <= suffix && suffix <= Number(to);
        return holds ? [['teams', t, 'bsn', r]] : [];
      }),
    );
    if (holders.length === 0 && needed && able.length > 0) world.report('A08-BSN-GAP', file, at);
    for (const later of holders.slice(1)) world.report('A08-BSN-OVERLAP', file, later);
  }
}

function walkPostcodes(
  world: World,
  office: NaiveOffice,
  { able, needed, at, own }: Walk & { readonly own: readonly Placed[] },
): void {
  const file = fileOf(world, office);
  const ranges = rangesOf(office);
  for (const unit of own) {
    const holders = holdersOf(ranges, able, unit);
    const last = holders.at(-1);
    if (last === undefined && needed && able.length > 0) world.report('A08-GAP', file, at);
    if (last === undefined || holders.length < 2) continue;
    const ids = holders.map(({ team }) => team.id);
    const isShared =
      new Set(ids).size === ids.length &&
      (office.sharedRanges ?? []).some(
        (shared) =>
          ids.every((id) => shared.teams.includes(id)) &&
          shared.postcodes.some((range) => {
            const { from, to } = endsOf(range);
            return from <= unit.from && unit.to <= to;
          }),
      );
    if (!isShared) world.report('A08-OVERLAP', file, last.at);
  }
}

function checkNeighbourhoods(world: World, office: NaiveOffice, own: readonly Placed[]): void {
  const file = fileOf(world, office);
  for (const [n, { postcodes }] of (office.sensitiveNeighbourhoods ?? []).entries()) {
    for (const [r, range] of postcodes.entries()) {
      const { from, to } = endsOf(range);
      const isLost = (pc4: number) =>
        Number(from.slice(0, 4)) <= pc4 &&
        pc4 <= Number(to.slice(0, 4)) &&
        !own.some((unit) => unit.pc4 === pc4);
      const at = ['sensitiveNeighbourhoods', n, 'postcodes', r];
      if (PC4S.some(isLost)) world.report('A17-PLACE', file, at);
    }
    const isInside = (unit: Unit) =>
      postcodes.some((r) => endsOf(r).from <= unit.from && unit.to <= endsOf(r).to);
    const inside = own.filter(isInside);
    for (const day of world.days) {
      const basis = office.bases[basisOn(office, day)]?.basis;
      if (basis === undefined || basis === 'manual') continue;
      const reached = reachedOn(office, { basis, day, inside });
      if (reached.size < 2) world.report('A17-TEAMS', file, ['sensitiveNeighbourhoods', n, 'id']);
    }
  }
}

function reachedOn(
  office: NaiveOffice,
  on: { readonly basis: string; readonly day: string; readonly inside: readonly Unit[] },
): ReadonlySet<string> {
  const present = office.teams.filter((t) => profileOf(t) === 'regular' && isThere(t, on.day));
  const withHours = present.filter((team) => minutesOn(team, on.day) > 0);
  if (on.basis === 'workload') return new Set(withHours.map((team) => team.id));
  if (on.basis === 'bsn') {
    return new Set(present.filter((t) => (t.bsn ?? []).length > 0).map((team) => team.id));
  }
  const ranges = rangesOf(office);
  return new Set(
    on.inside.flatMap((unit) => {
      const teams = holdersOf(ranges, present, unit).map(({ team }) => team);
      const some = teams.filter((team) => withHours.includes(team));
      return (some.length > 0 ? some : teams).map((team) => team.id);
    }),
  );
}
