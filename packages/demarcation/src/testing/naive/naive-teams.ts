/** Names, dates, groups, lines, hours, bands and classes. */
import { fileOf } from './naive-areas.ts';
import {
  basisOn,
  competenceOn,
  endsOf,
  has,
  isByHand,
  isThere,
  kindsOf,
  minutesOf,
  minutesOn,
  netOf,
  profileOf,
  takes,
  type NaiveOffice,
  type NaiveTeam,
  type World,
} from './naive-checker.ts';
import type { NaiveFile, Steps } from './naive-document.ts';

export function checkTeams(world: World): void {
  checkDates(world);
  checkHours(world);
  checkAppointments(world);
  checkLines(world);
  checkFloors(world);
  checkShared(world);
  checkOthers(world);
}

type Found = { team: NaiveTeam; office: NaiveOffice; file: NaiveFile; at: Steps };

function teamsOf(world: World): readonly Found[] {
  return world.offices.flatMap(({ office, file }) =>
    office.teams.map((team, t) => ({ team, office, file, at: ['teams', t] })),
  );
}

function checkDates(world: World): void {
  const { report, organisation } = world;
  const ascending = (list: readonly { from: string }[], file: NaiveFile, at: Steps) => {
    for (const [i, { from }] of list.entries()) {
      const before = list[i - 1];
      if (before !== undefined && before.from >= from)
        report('DATE-ORDER', file, [...at, i, 'from']);
    }
  };
  for (const { office, file } of world.offices) ascending(office.bases, file, ['bases']);
  for (const { team, file, at } of teamsOf(world)) {
    ascending(team.competences ?? [], file, [...at, 'competences']);
    const { from, until } = team;
    if (until !== undefined && until <= from) report('DATE-ORDER', file, [...at, 'until']);
    const hasEnded = until !== undefined && from < until && until <= organisation.effectiveFrom;
    if (hasEnded) report('DATE-ENDED', file, [...at, 'until']);
    for (const [h, hours] of (team.capacity ?? []).entries()) {
      if (hours.until === undefined || hours.until > hours.from) continue;
      report('DATE-ORDER', file, [...at, 'capacity', h, 'until']);
    }
  }
}

function checkHours(world: World): void {
  for (const { team, file, at } of teamsOf(world)) {
    for (const [h, hours] of (team.capacity ?? []).entries()) {
      const steps = [...at, 'capacity', h];
      if (netOf(hours) < 0) world.report('C12-NET', file, [...steps, 'hours']);
      const { line, from } = hours;
      const begins = (team.competences ?? [team]).map((one) => one.from);
      const days = [from, ...begins].filter((day) => isThere(hours, day));
      const works = days.some((day) => {
        const competence = competenceOn(team, day);
        return competence !== undefined && has(competence.lines, line);
      });
      if (line !== undefined && !works) world.report('B16-LINE', file, [...steps, 'line']);
    }
  }
}

function checkAppointments(world: World): void {
  const { organisation, organisationFile: file, report } = world;
  const appoint = (id: string, profile: string, at: Steps, rules: readonly string[]) => {
    const found = teamsOf(world).findLast(({ team }) => team.id === id);
    if (found === undefined) return;
    const [gone = '', other = '', cases = ''] = rules;
    if (profileOf(found.team) !== profile) report(other, file, at);
    for (const day of world.days) {
      if (!isThere(found.team, day)) report(gone, file, at);
      else if (
        kindsOf(organisation).some(
          (kind) => !isByHand(organisation, found.office.id, kind) && !takes(found.team, kind, day),
        )
      ) {
        report(cases, file, at);
      }
    }
  };
  const { participatiewet, specialGroups, exclusions } = organisation;
  const pw = ['B06-PW', 'B06-PROFILE', 'B07-SAMENLOOP'];
  if (participatiewet === undefined) report('B06-PW', file, []);
  else appoint(participatiewet.team, 'participatiewet', ['participatiewet', 'team'], pw);
  for (const [office, id] of Object.entries(participatiewet?.byOffice ?? {})) {
    appoint(id, 'participatiewet', ['participatiewet', 'byOffice', office], pw);
  }
  for (const [i, { group, team }] of (specialGroups ?? []).entries()) {
    const earlier = (specialGroups ?? []).slice(0, i).some((one) => one.group === group);
    if (earlier) report('B21-LOCATION', file, ['specialGroups', i, 'group']);
    if (team === 'undecided') report('B21-UNDECIDED', file, ['specialGroups', i, 'team']);
    const rules = ['B21-LOCATION', 'B21-PROFILE', 'B21-COMBINATION'];
    appoint(team, 'special-group', ['specialGroups', i, 'team'], rules);
  }
  for (const [i, { team, until }] of (exclusions ?? []).entries()) {
    const found = teamsOf(world).findLast((one) => one.team.id === team)?.team;
    const days = world.days.filter((day) => until === undefined || day < until);
    const isGone = found !== undefined && days.some((day) => !isThere(found, day));
    if (isGone) report('C05-TEAM', file, ['exclusions', i, 'team']);
  }
}

function checkLines(world: World): void {
  const { organisation, organisationFile: file, report, days } = world;
  const table = organisation.lineTable ?? [];
  for (const [i, row] of table.entries()) {
    const isSame = (one: typeof row) => one.law === row.law && one.employment === row.employment;
    if (table.slice(0, i).some(isSame)) report('B12-TWICE', file, ['lineTable', i, 'line']);
  }
  for (const law of organisation.laws) {
    for (const employment of organisation.employments ?? []) {
      const has = table.some((row) => row.law === law && row.employment === employment);
      if (!has) report('B12-LINE', file, ['lineTable']);
    }
  }
  for (const { team, file: office, at } of teamsOf(world)) {
    if (profileOf(team) === 'participatiewet') continue;
    const begins = (team.competences ?? [team]).map((one) => one.from);
    for (const day of [...days, ...begins].filter((one) => one >= organisation.effectiveFrom)) {
      const competence = competenceOn(team, day);
      if (competence === undefined) continue;
      const laws = organisation.laws.filter(
        (law) =>
          has(competence.laws, law) &&
          (competence.lines === undefined ||
            competence.lines === 'all' ||
            table.some((row) => row.law === law && has(competence.lines, row.line))),
      );
      const i = (team.competences ?? []).indexOf(competence);
      const steps = i < 0 ? at : [...at, 'competences', i];
      if (laws.join() === 'ZW') report('B14-ZW-ONLY', office, [...steps, 'laws']);
    }
  }
}

function checkFloors(world: World): void {
  const { organisation, days, report } = world;
  for (const { role, hours, per } of organisation.roleFloors ?? []) {
    for (const day of days) {
      for (const { office, file } of world.offices) {
        const regular = office.teams.filter((t) => profileOf(t) === 'regular' && isThere(t, day));
        if (per === 'office') {
          const sum = regular.reduce((all, team) => all + minutesOn(team, day, role), 0);
          if (sum < minutesOf(hours)) report('B33-FLOOR', file, ['id']);
          continue;
        }
        for (const team of regular) {
          const at = ['teams', office.teams.indexOf(team), 'capacity'];
          if (minutesOn(team, day, role) < minutesOf(hours)) report('B33-FLOOR', file, at);
        }
      }
    }
  }
}

function checkShared(world: World): void {
  for (const { office } of world.offices) {
    const file = fileOf(world, office);
    for (const [s, shared] of (office.sharedRanges ?? []).entries()) {
      const at = ['sharedRanges', s, 'teams'];
      const teams = office.teams.filter((team) => shared.teams.includes(team.id));
      for (const range of shared.postcodes.map(endsOf)) {
        for (let pc4 = Number(range.from.slice(0, 4)); `${pc4}AA` <= range.to; pc4++) {
          const holds = (team: NaiveTeam) =>
            (team.postcodes ?? []).map(endsOf).some((own) => {
              const from = range.isFine ? range.from : `${pc4}AA`;
              const to = range.isFine ? range.to : `${pc4}ZZ`;
              return own.isFine === range.isFine && own.from <= from && to <= own.to;
            });
          if (!teams.every(holds)) world.report('A17-SHARED', file, at);
        }
      }
      for (const day of world.days) {
        if (office.bases[basisOn(office, day)]?.basis !== 'postcode') continue;
        const present = teams.filter((team) => isThere(team, day));
        const idle = present.filter((team) => minutesOn(team, day) === 0);
        if (idle.length > 0 && idle.length < present.length) world.report('A17-HOURS', file, at);
      }
    }
  }
}

function checkOthers({ organisation, organisationFile: file, report }: World): void {
  for (const [name, { min, max }] of Object.entries(organisation.bands ?? {})) {
    if (min >= max) report('D01-BAND', file, ['bands', name, 'min']);
  }
  for (const [i, { decision }] of organisation.exceptions.entries()) {
    if (decision === undefined) report('B38-EXCEPTION', file, ['exceptions', i]);
  }
  for (const [c, { classes, from, to }] of (organisation.classifications ?? []).entries()) {
    const at = (i: number, field: string) => ['classifications', c, 'classes', i, field];
    const inverted = classes
      .map((_, i) => i)
      .filter((i) => {
        const one = classes[i];
        return one?.to !== undefined && one.to < one.from;
      });
    for (const i of inverted) report('C03-ORDER', file, at(i, 'to'));
    if (inverted.length > 0) continue;
    const order = classes
      .map((_, i) => i)
      .sort((a, b) => (classes[a]?.from ?? 0) - (classes[b]?.from ?? 0));
    const holds = (i: number, value: number) => {
      const one = classes[i];
      return one !== undefined && one.from <= value && value <= (one.to ?? 150);
    };
    for (let value = from; value <= (to ?? 150); value++) {
      const holders = order.filter((i) => holds(i, value));
      const next = order.find((i) => (classes[i]?.from ?? 0) > value) ?? order.at(-1) ?? 0;
      if (holders.length === 0) report('C03-GAP', file, at(next, 'from'));
      for (const later of holders.slice(1)) report('C03-OVERLAP', file, at(later, 'from'));
    }
  }
}
