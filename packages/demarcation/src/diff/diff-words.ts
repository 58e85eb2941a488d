/** A comparison in words: counts first, then what changes for whom, in the order of interest. */
import type { Area, Language } from '@smc/decision';
import type { CaseKinds } from '../show/case-kinds.ts';
import { BASIS_WORDS, formatCount } from '../words.ts';
import type { BasisChange } from './basis-changes.ts';
import { isSame, type DatedFieldChange, type DemarcationDiff } from './compare-demarcations.ts';
import { DIFF_WORDS } from './diff-vocabulary.ts';
import { fieldWord, itemWords, sectionOf, SECTIONS, valueWords } from './field-words.ts';
import type { HelperChange, HelperName } from './helper-changes.ts';
import { isList, isMap } from './list-changes.ts';
import type { OfficeMove, Postcodes } from './office-moves.ts';

/** More ranges in one line are not read by anyone; `--json` has them all. */
const RANGES_SHOWN_MAX = 12;

export function describeDiff(diff: DemarcationDiff, language: Language): readonly string[] {
  const writer = new DiffWriter(diff, language);
  return isSame(diff) ? writer.same() : writer.all();
}

class DiffWriter {
  readonly #diff: DemarcationDiff;
  readonly #language: Language;

  constructor(diff: DemarcationDiff, language: Language) {
    this.#diff = diff;
    this.#language = language;
  }

  get #words() {
    return DIFF_WORDS[this.#language];
  }

  same(): readonly string[] {
    return [...this.#head(), '', this.#words.same];
  }

  all(): readonly string[] {
    const { officeMoves, bases, helpers, from } = this.#diff;
    const sections = this.#fieldSections();
    const words = this.#words;
    return [
      ...this.#head(),
      '',
      words.since(from),
      ...this.#counts().map((line) => `  ${line}`),
      ...section(
        words.moves,
        officeMoves.map((move) => this.#move(move)),
      ),
      ...section(
        words.bases,
        bases.map((basis) => this.#basis(basis)),
      ),
      ...section(words.helpers, this.#helpers(helpers)),
      ...sections.flatMap(({ title, lines }) => section(title, lines)),
    ];
  }

  #head(): readonly string[] {
    const { before, after } = this.#diff;
    const { version } = this.#words;
    return [version(this.#words.before, before), version(this.#words.after, after)];
  }

  #counts(): readonly string[] {
    const { counts } = this.#diff;
    const words = this.#words;
    const { otherOffice, otherTeam } = counts;
    const some = (count: number, word: (count: string) => string) =>
      count === 0 ? [] : [word(formatCount(count, this.#language))];
    const touched = (of: typeof otherOffice, word: (what: string) => string) =>
      of.fourDigits + of.single === 0 ? [] : [word(this.#amount(of))];
    return [
      ...touched(otherOffice, words.otherOffice),
      ...touched(otherTeam, words.otherTeam),
      ...some(counts.officesWithOtherBasis, words.otherBasis),
      ...some(counts.officesAdded, words.officesAdded),
      ...some(counts.officesRemoved, words.officesRemoved),
      ...some(counts.teamsAdded, words.teamsAdded),
      ...some(counts.teamsRemoved, words.teamsRemoved),
      ...some(counts.otherFields, words.otherFields),
    ];
  }

  #amount({ fourDigits, single, inhabitants }: Omit<Postcodes, 'ranges'>): string {
    const words = this.#words;
    const count = (n: number) => formatCount(n, this.#language);
    return [
      ...(fourDigits > 0 ? [words.fourDigits(count(fourDigits))] : []),
      ...(single > 0 ? [words.single(count(single))] : []),
      ...(inhabitants === undefined ? [] : [words.inhabitants(count(inhabitants))]),
    ].join(', ');
  }

  #ranges({ ranges }: Postcodes): string {
    const hidden = ranges.length - RANGES_SHOWN_MAX;
    const shown = ranges.slice(0, RANGES_SHOWN_MAX).join(', ');
    return hidden > 0 ? `${shown} ${this.#words.more(hidden)}` : shown;
  }

  #name(id: string): string {
    const name = this.#diff.names[id] ?? id;
    return name === id ? id : `${name} (${id})`;
  }

  #move({ before, after, postcodes }: OfficeMove): string {
    const place = (area: Area | undefined, other: Area | undefined) => {
      if (area === undefined) return this.#words.nobody;
      return area.office === other?.office
        ? this.#name(area.arbeidsmarktregio)
        : this.#name(area.office);
    };
    const words = before?.office === after?.office ? this.#words.region : this.#words.move;
    const moved = words(place(before, after), place(after, before));
    return `${this.#ranges(postcodes)}: ${moved}; ${this.#amount(postcodes)}`;
  }

  #basis({ office, stretch, before, after }: BasisChange): string {
    const word = (basis: BasisChange['before']) =>
      basis === undefined ? this.#words.none : BASIS_WORDS[basis][this.#language];
    const days = this.#words.days(stretch);
    return `${this.#name(office)}: ${days} ${word(after)}, ${this.#words.was(word(before))}`;
  }

  #helpers(helpers: readonly HelperChange[]): readonly string[] {
    const groups = Map.groupBy(helpers, ({ office, stretch }) => JSON.stringify([office, stretch]));
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const head = `${this.#name(first.office)}, ${this.#words.days(first.stretch)}`;
      return [head, ...group.map((change) => `  ${this.#helper(change)}`)];
    });
  }

  #helper(change: HelperChange): string {
    const { wholeOffice, postcodes, bsnSuffixes, percentage, cases, before, after } = change;
    const words = this.#words;
    const who = [
      wholeOffice ? words.wholeOffice : this.#ranges(postcodes),
      ...(bsnSuffixes === undefined ? [] : [words.suffixes(bsnSuffixes)]),
      ...cases.flatMap((kinds) => kindWords(kinds)),
    ].join('; ');
    const was = before === undefined ? '' : `, ${words.was(this.#helperName(before))}`;
    const share = percentage === 100 ? '' : words.share(percentage);
    return `${who}: ${this.#helperName(after)}${was}; ${share}${this.#amount(postcodes)}`;
  }

  #helperName({ teams, choice }: HelperName): string {
    const names = teams.map((team) => this.#name(team)).join(', ');
    return this.#words.choice[choice](names);
  }

  #fieldSections(): readonly { readonly title: string; readonly lines: readonly string[] }[] {
    const bySection = Map.groupBy(this.#diff.fields, ({ path }) => sectionOf(path));
    const known = Object.keys(SECTIONS);
    const order = [...known, ...[...bySection.keys()].filter((name) => !known.includes(name))];
    return order.map((name) => ({
      title: SECTIONS[name]?.[this.#language] ?? name,
      lines: (bySection.get(name) ?? []).map((change) => this.#field(change)),
    }));
  }

  #field(change: DatedFieldChange): string {
    const { path, on } = change;
    const steps = this.#steps(path);
    const value = change.after ?? change.before ?? '';
    const isItem =
      change.kind !== 'changed' && isMap(value) && fieldWord(path.at(-1) ?? '', 'nl') === undefined;
    const subject = isItem ? steps.slice(0, -1) : steps;
    const said = isItem
      ? this.#words[change.kind === 'added' ? 'added' : 'removed'](itemWords(value, this.#language))
      : this.#valueChange(change);
    const isSaid = isItem || path.at(-1) === 'until' || on === this.#diff.from;
    const starts = isSaid ? '' : this.#words.from(on);
    return [...(subject.length === 0 ? [] : [subject.join(', ')]), said].join(': ') + starts;
  }

  /** The field's place in words, without what its heading says already. */
  #steps(path: readonly string[]): readonly string[] {
    const heading = sectionOf(path);
    const isTeam = path[0] === 'offices' && path[2] === 'teams' && path.length > 4;
    const steps = path[0] === 'offices' ? path.slice(isTeam ? 3 : 1) : path.slice(1);
    return steps
      .filter((step) => step !== heading && step !== 'teams')
      .map((step) => fieldWord(step, this.#language) ?? this.#name(step));
  }

  #valueChange({ before, after }: DatedFieldChange): string {
    const words = this.#words;
    const say = (value: NonNullable<typeof after>) => valueWords(value, this.#language);
    if (isList(before) && isList(after)) {
      return [
        ...(after.length > 0 ? [words.added(say(after))] : []),
        ...(before.length > 0 ? [words.removed(say(before))] : []),
      ].join('; ');
    }
    const now = after === undefined ? words.none : say(after);
    return `${now}, ${words.was(before === undefined ? words.none : say(before))}`;
  }
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function kindWords({ laws, products, employments }: CaseKinds): readonly string[] {
  const said = [laws, products, employments].flatMap((codes) =>
    codes === 'all' ? [] : [codes.join(', ')],
  );
  return said.length === 0 ? [] : [said.join(': ')];
}
