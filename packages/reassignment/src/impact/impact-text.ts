/** A plan's report for people: the headline first, then what each has to know. */
import { explain, type Language } from '@smc/decision';
import { objectiveText } from '../plan/objective.ts';
import type { Counted, MoveRow } from '../plan/plan.ts';
import type { SetOutcome } from '../plan/team-set.ts';
import type { PlanComparison } from './compare-plans.ts';
import type { Impact, TeamImpact, TeamState } from './impact.ts';
import { WordsIn } from './words.ts';

/** A part of a report; how a table is drawn is left to whoever shows it. */
export type Section = {
  /** Undefined: the headline. */
  readonly title: string | undefined;
  readonly lines: readonly string[];
  readonly table?: {
    readonly head: readonly string[];
    readonly rows: readonly (readonly (string | number)[])[];
  };
};

export function impactSections(impact: Impact, language: Language): readonly Section[] {
  const words = new WordsIn(language);
  return [
    headline(impact, words),
    divisions(impact, words),
    goal(impact, words),
    pairs('moves', impact.byTeams, words),
    codes('causes', 'cause', impact.byCause, words, words.cause),
    casesSection(impact, words),
    codes('areas', 'area', impact.byCharacter, words, words.code),
    teams(impact, words),
    waits(impact, words),
    partners(impact, words),
    sample(impact, words),
  ].filter(({ title, lines, table }) => {
    return title === undefined || lines.length > 0 || (table?.rows.length ?? 0) > 0;
  });
}

export function comparisonSections(
  comparison: PlanComparison,
  language: Language,
): readonly Section[] {
  const words = new WordsIn(language);
  const { first, second, same, otherTeam, onlyFirst, onlySecond } = comparison;
  const head = (['team', 'now', 'first', 'second'] as const).map(words.column);
  const rows = comparison.teams
    .filter(({ now, first: a, second: b }) => a?.clients !== now || b?.clients !== now)
    .map(({ team, now, first: a, second: b }) => {
      return [team, now ?? '-', a?.clients ?? '-', b?.clients ?? '-'];
    });
  return [
    {
      title: undefined,
      lines: [
        ...[first, second].flatMap((impact) => [about(impact, words), moved(impact, words)]),
        words.say('differ', same, otherTeam, onlyFirst, onlySecond),
        ...(comparison.sameState ? [] : [words.say('otherState')]),
      ],
    },
    {
      title: words.title('comparison'),
      lines: figures(first, second, words),
      table: { head, rows },
    },
  ];
}

function figures(first: Impact, second: Impact, words: WordsIn): readonly string[] {
  return [first, second].flatMap((impact, i) => {
    const name = words.column(i === 0 ? 'first' : 'second');
    return [bands(impact, words), zwOnly(impact, words)].map((line) => `${name}: ${line}`);
  });
}

function headline(impact: Impact, words: WordsIn): Section {
  const { moves, summary, movable, fixed, otherOffice, otherDistrict, dossiers } = impact;
  const of = countsOf(impact.byWork);
  const reasons = summary.fixed.map(([code, n]) => `${words.code(code)} ${words.show(n)}`);
  const lines = [
    moved(impact, words),
    about(impact, words),
    words.say('movable', movable, fixed, reasons.join(', ') || words.say('none')),
    words.say('elsewhere', otherOffice, otherDistrict),
    words.say('employers'),
    words.say('work', of('active'), of('idle'), of('none')),
    words.say('journeys', share(moves, summary.running, 1)),
    words.say(
      'dossiers',
      dossiers.complete,
      dossiers.incomplete,
      dossiers.casesWithout,
      dossiers.withoutOpenCase,
    ),
  ];
  if (impact.leftBehind > 0) lines.push(words.say('leftBehind', impact.leftBehind));
  return { title: undefined, lines: [...lines, words.say('noClaim')] };
}

function moved({ moves, summary }: Impact, words: WordsIn): string {
  if (moves === 0) return words.say('nobody');
  return words.say('headline', moves, summary.running, share(moves, summary.running, 100));
}

function about({ header, summary }: Impact, words: WordsIn): string {
  const { demarcation, asOf, objective, askedBy, why, decisionReference } = header;
  const goal = objectiveText(objective);
  const asked = [askedBy, why, decisionReference];
  return words.say('asked', demarcation.version, asOf, goal, summary.inScope, ...asked);
}

function divisions(impact: Impact, words: WordsIn): Section {
  const { moves, otherDistrict, byWerkbedrijf } = impact;
  const offices = byWerkbedrijf.filter(([office]) => office !== 'unknown');
  const toPartner = offices.reduce((sum, [, n]) => sum + n, 0);
  const lines =
    moves === 0
      ? []
      : [
          words.say('uitkeren', moves, otherDistrict),
          words.say('werkbedrijf', toPartner, offices.length),
          words.say('klantEnService', moves),
          words.say('bezwaarEnBeroep', moves),
          words.say('handhaving', moves),
        ];
  return { title: words.title('divisions'), lines };
}

function goal({ summary }: Impact, words: WordsIn): Section {
  const lines = summary.sets.map(({ set, result }) =>
    result.kind === 'reached'
      ? words.say(
          'reached',
          set,
          result.moves,
          words.say(result.proof === 'closed-form' ? 'closedForm' : 'flow'),
        )
      : words.say(
          'unreachable',
          set,
          words.unreachable(result.code) + (result.team === undefined ? '' : ` (${result.team})`),
        ),
  );
  return { title: words.title('goal'), lines };
}

/** Counts by `from to`, the largest first. */
function pairs(title: 'moves', counted: Counted, words: WordsIn): Section {
  const rows = counted
    .toSorted(([, a], [, b]) => b - a)
    .map(([pair, n]) => [...pair.split(' '), n]);
  const head = (['from', 'to', 'clients'] as const).map(words.column);
  return { title: words.title(title), lines: [], table: { head, rows } };
}

function codes(
  title: 'causes' | 'areas',
  column: 'cause' | 'area',
  counted: Counted,
  words: WordsIn,
  name: (code: string) => string,
): Section {
  const rows = counted.map(([code, n]) => [name(code), n]);
  const head = [words.column(column), words.column('clients')];
  return { title: words.title(title), lines: [], table: { head, rows } };
}

function casesSection({ casesByLaw, casesByLine }: Impact, words: WordsIn): Section {
  const of = (column: 'law' | 'line', counted: Counted) =>
    counted.map(([code, n]) => [`${words.column(column)} ${code}`, n]);
  const lines = casesByLine.filter(([code]) => code !== '-');
  const rows = [...of('law', casesByLaw), ...of('line', lines)];
  return {
    title: words.title('cases'),
    lines: [],
    table: { head: ['', words.column('cases')], rows },
  };
}

function teams(impact: Impact, words: WordsIn): Section {
  const head = (['team', 'now', 'out', 'in', 'later', 'perHour', 'band', 'largest'] as const).map(
    words.column,
  );
  const rows = impact.teams
    .filter(({ leaving, arriving }) => leaving + arriving > 0)
    .map((team) => teamRow(team, words));
  return {
    title: words.title('teams'),
    lines: [bands(impact, words), zwOnly(impact, words)],
    table: { head, rows },
  };
}

function teamRow(of: TeamImpact, words: WordsIn): readonly (string | number)[] {
  const { team, before, after, leaving, arriving } = of;
  const both = (show: (state: TeamState) => string) =>
    show(before) === show(after) ? show(before) : `${show(before)} > ${show(after)}`;
  return [
    team,
    before.clients,
    leaving,
    arriving,
    after.clients,
    both(({ perHour }) => (perHour === undefined ? '-' : (perHour / 1000).toFixed(2))),
    both(({ band }) => words.code(band)),
    both(({ largest }) =>
      largest === undefined ? '-' : `${largest.kind} ${Math.round(largest.share / 10)} %`,
    ),
  ];
}

function bands({ bands: { before, after } }: Impact, words: WordsIn): string {
  const [was, is] = [countsOf(before), countsOf(after)];
  const of = ['under', 'within', 'over'] as const;
  return words.say('bands', ...of.map(was), ...of.map(is));
}

function zwOnly({ zwOnly: { before, after } }: Impact, words: WordsIn): string {
  return words.say('zwOnly', before.length, after.length);
}

function waits({ summary }: Impact, words: WordsIn): Section {
  const sum = (counted: Counted) => counted.reduce((all, [, n]) => all + n, 0);
  const { uncovered, parked, placeable, choosing } = summary;
  const lines = [words.say('waiting', sum(uncovered), sum(parked), placeable, choosing)];
  const rows = [...uncovered, ...parked].map(([code, n]) => [words.code(code), n]);
  const head = [words.column('code'), words.column('clients')];
  return { title: words.title('waits'), lines, table: { head, rows } };
}

function partners({ partners: found }: Impact, words: WordsIn): Section {
  const rows = found.map(({ area, before, after }) => [words.code(area), before, after]);
  const head = (['area', 'before', 'after'] as const).map(words.column);
  return { title: words.title('partners'), lines: [], table: { head, rows } };
}

function sample({ sample: drawn, summary }: Impact, words: WordsIn): Section {
  const lines = drawn.flatMap((move) => [
    `${move.client}: ${move.from.team} > ${move.to.team} (${words.cause(move.cause)})`,
    ...explainMove(move, summary.sets, words.language).map((sentence) => `  ${sentence}`),
  ]);
  return { title: words.title('sample'), lines };
}

/** Why a client would move: the rules' own sentences, or the numbers of the two teams. */
export function explainMove(
  { explanation, from, to }: MoveRow,
  sets: readonly SetOutcome[],
  language: Language,
): readonly string[] {
  if (explanation.length > 0) return explain(explanation, language);
  const of = (team: string) =>
    sets.flatMap(({ teams: members }) => members).find((member) => member.team === team);
  const [giver, taker] = [of(from.team), of(to.team)];
  if (giver === undefined || taker === undefined) return [];
  const numbers = [giver.team, giver.now, giver.planned, taker.team, taker.now, taker.planned];
  return [new WordsIn(language).say('balance', ...numbers)];
}

function countsOf(counted: Counted): (code: string) => number {
  return (code) => counted.find(([name]) => name === code)?.[1] ?? 0;
}

/** `part` of `whole`, times `scale`, with two decimals. */
function share(part: number, whole: number, scale: number): string {
  return whole === 0 ? '0' : ((part * scale) / whole).toFixed(2);
}
