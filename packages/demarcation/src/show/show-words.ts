/** The answer of `whoHelps` in words, for a person at a terminal. */
import { explain, PARKED_WORDS, type Language } from '@smc/decision';
import { BASIS_WORDS, formatNamed } from '../words.ts';
import type { CaseKinds } from './case-kinds.ts';
import type { HelpAnswer, NobodyHelps, WhoHelps } from './who-helps.ts';

const WORDS = {
  nl: {
    head: (postcode: string, on: string) => `${postcode} op ${on}`,
    office: 'kantoor',
    district: 'district',
    region: 'arbeidsmarktregio',
    werkbedrijf: 'Werkbedrijf',
    rayon: 'rayon',
    none: 'geen',
    basis: 'verdeling',
    since: (basis: string, from: string) => `${basis}, sinds ${from}`,
    next: (basis: string, from: string) => `vanaf ${from} ${basis}`,
    helps: 'wie helpt',
    why: 'waarom',
    demarcation: 'afbakening',
    holds: (version: string, from: string, reference: string) =>
      `${version}, geldig vanaf ${from}, besluit: ${reference}`,
    nobody: (why: string) => `een medewerker wijst een team aan: ${why}`,
    shared: 'naar beschikbare uren gedeeld door',
    byLoad: 'het team met de laagste werklast van',
    suffixes: (runs: string) => `BSN eindigt op ${runs}`,
  },
  en: {
    head: (postcode: string, on: string) => `${postcode} on ${on}`,
    office: 'office',
    district: 'district',
    region: 'arbeidsmarktregio',
    werkbedrijf: 'Werkbedrijf',
    rayon: 'rayon',
    none: 'none',
    basis: 'basis',
    since: (basis: string, from: string) => `${basis}, since ${from}`,
    next: (basis: string, from: string) => `from ${from} ${basis}`,
    helps: 'who helps',
    why: 'why',
    demarcation: 'demarcation',
    holds: (version: string, from: string, reference: string) =>
      `${version}, holds from ${from}, decision: ${reference}`,
    nobody: (why: string) => `a person appoints a team: ${why}`,
    shared: 'shared by available hours between',
    byLoad: 'the one with the lowest load of',
    suffixes: (runs: string) => `BSN ends in ${runs}`,
  },
} as const;

/** One fact a line, the name of the fact in front. */
export function describeWhoHelps(found: WhoHelps, language: Language): readonly string[] {
  const words = WORDS[language];
  const { werkbedrijf, basis, nextBasis } = found;
  const rows: (readonly [string, readonly string[]])[] = [
    [
      words.office,
      [`${formatNamed(found.office)}, ${words.district} ${formatNamed(found.district)}`],
    ],
    [words.region, [formatNamed(found.arbeidsmarktregio)]],
    [
      words.werkbedrijf,
      [
        werkbedrijf === undefined
          ? words.none
          : `${formatNamed(werkbedrijf)}, ${words.rayon} ${formatNamed(werkbedrijf.rayon)}`,
      ],
    ],
    [
      words.basis,
      [
        [
          basis ? words.since(BASIS_WORDS[basis.basis][language], basis.from) : words.none,
          ...(nextBasis
            ? [words.next(BASIS_WORDS[nextBasis.basis][language], nextBasis.from)]
            : []),
        ].join('; '),
      ],
    ],
    ...helpRows(found.answers, language),
    [words.demarcation, [words.holds(found.version, found.effectiveFrom, found.decisionReference)]],
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.flatMap(([label, texts]) =>
    texts.map((text, i) => `${(i === 0 ? label : '').padEnd(width)}${text}`),
  );
  return [words.head(found.postcode, found.on), '', ...lines];
}

/** Who helps in which cases, and the sentences that explain it; what all share is said once. */
function helpRows(
  answers: readonly HelpAnswer[],
  language: Language,
): readonly (readonly [string, readonly string[]])[] {
  const words = WORDS[language];
  const explained = answers.map(({ reasons }) => explain(reasons, language));
  const shared = (explained[0] ?? []).filter((sentence) =>
    explained.every((sentences) => sentences.includes(sentence)),
  );
  const helps = answers.flatMap((answer, i) => {
    const own = (explained[i] ?? []).filter((sentence) => !shared.includes(sentence));
    return [helperText(answer, language), ...own.map((sentence) => `  ${sentence}`)];
  });
  return [[words.helps, helps], ...(shared.length === 0 ? [] : [[words.why, shared] as const])];
}

function helperText(answer: HelpAnswer, language: Language): string {
  const words = WORDS[language];
  const conditions = [
    ...(answer.bsnSuffixes === undefined ? [] : [words.suffixes(answer.bsnSuffixes)]),
    ...kindTexts(answer.cases),
  ];
  return [helperName(answer, language), conditions.join('; ')].filter(Boolean).join(': ');
}

function helperName({ teams, choice, parked }: HelpAnswer, language: Language): string {
  const words = WORDS[language];
  if (parked !== undefined) return words.nobody(PARKED_WORDS[parked][language]);
  const names = teams.map(formatNamed).join(', ');
  if (choice === 'share') return `${words.shared} ${names}`;
  return choice === 'workload' ? `${words.byLoad} ${names}` : names;
}

/** Nothing where all kinds of case are meant. */
function kindTexts(cases: readonly CaseKinds[]): readonly string[] {
  return cases.flatMap(({ laws, products, employments }) => {
    const said = [
      ...(laws === 'all' ? [] : [laws.join(', ')]),
      ...(products === 'all' ? [] : [products.join(', ')]),
      ...(employments === 'all' ? [] : [employments.join(', ')]),
    ];
    return said.length === 0 ? [] : [said.join(': ')];
  });
}

/** Why nobody can be named. */
export function describeNobody(
  refusal: NobodyHelps,
  asked: { readonly postcode: string; readonly on: string },
  language: Language,
): string {
  const dutch = language === 'nl';
  switch (refusal.code) {
    case 'NOT_YET':
      return dutch
        ? `Deze afbakening geldt vanaf ${refusal.effectiveFrom}; op ${asked.on} nog niet.`
        : `This demarcation holds from ${refusal.effectiveFrom} on; on ${asked.on} it does not yet.`;
    case 'POSTCODE_UNKNOWN':
      return dutch
        ? `Postcode ${asked.postcode} hoort in deze afbakening bij geen kantoor.`
        : `In this demarcation postcode ${asked.postcode} belongs to no office.`;
    case 'NOT_IN_DOCUMENT':
      return `--${refusal.field}: expected one of ${refusal.known.join(', ')}`;
  }
}
