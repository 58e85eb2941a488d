/** Who helps in one place on one day by a document, and why: the decision's own answer. */
import {
  accept,
  isBsnSuffix,
  must,
  refuse,
  type ArbeidsmarktregioId,
  type Basis,
  type BsnSuffix,
  type DemarcationVersion,
  type DistrictId,
  type LocalDate,
  type OfficeId,
  type ParkedCode,
  type Postcode,
  type RayonId,
  type Reason,
  type Result,
  type TeamId,
  type WerkbedrijfOfficeId,
} from '@smc/domain';
import type { Area, Demarcation } from '@smc/decision';
import type { DemarcationDocument, Named } from '../document.ts';
import { formatRuns } from '../postcode-range.ts';
import { askerOf, signatureOf, unpublished, type Helper } from './ask.ts';
import {
  blocksOf,
  everyKind,
  type CaseKind,
  type CaseKinds,
  type KindChoice,
} from './case-kinds.ts';

export type WhoHelpsQuestion = {
  readonly postcode: Postcode;
  readonly on: LocalDate;
  /** Each of these, where it is left out, is answered for all that the document knows. */
  readonly bsnSuffix?: BsnSuffix | undefined;
  readonly law?: string | undefined;
  readonly product?: string | undefined;
  readonly employment?: string | undefined;
};

export type WhoHelps = {
  readonly postcode: Postcode;
  readonly on: LocalDate;
  readonly version: DemarcationVersion;
  readonly effectiveFrom: LocalDate;
  readonly decisionReference: string;
  readonly office: Named<OfficeId>;
  readonly district: Named<DistrictId>;
  readonly arbeidsmarktregio: Named<ArbeidsmarktregioId>;
  readonly werkbedrijf:
    | (Named<WerkbedrijfOfficeId> & { readonly rayon: Named<RayonId> })
    | undefined;
  /** How the office divides its clients on the day, since when, and what is known to come. */
  readonly basis: Dated | undefined;
  readonly nextBasis: Dated | undefined;
  readonly answers: readonly HelpAnswer[];
};

type Dated = { readonly basis: Basis; readonly from: LocalDate };

/** For these kinds of case and these last digits of the BSN. */
export type HelpAnswer = {
  readonly cases: readonly CaseKinds[];
  /** `00-24, 50`; undefined: whatever they are. */
  readonly bsnSuffixes: string | undefined;
  readonly teams: readonly Named<TeamId>[];
  readonly choice: 'one' | 'share' | 'workload' | undefined;
  /** Why there is no team and a person has to look. */
  readonly parked: ParkedCode | undefined;
  readonly reasons: readonly Reason[];
};

export type NobodyHelps =
  | { readonly code: 'NOT_YET'; readonly effectiveFrom: LocalDate }
  | { readonly code: 'POSTCODE_UNKNOWN' }
  | { readonly code: 'NOT_IN_DOCUMENT'; readonly field: string; readonly known: readonly string[] };

export function whoHelps(
  document: DemarcationDocument,
  question: WhoHelpsQuestion,
): Result<WhoHelps, NobodyHelps> {
  const { organisation } = document;
  const { version, effectiveFrom, decisionReference } = organisation;
  const demarcation = unpublished(document);
  const { postcode, on } = question;
  for (const [field, known] of [
    ['law', organisation.laws],
    ['product', organisation.products],
    ['employment', organisation.employments],
  ] as const) {
    const given = question[field];
    if (given !== undefined && !known.includes(given) && known.length > 0) {
      return refuse({ code: 'NOT_IN_DOCUMENT', field, known });
    }
  }
  if (on < effectiveFrom) return refuse({ code: 'NOT_YET', effectiveFrom });
  const found = demarcation.areas.lookUp(postcode);
  if (found === undefined) return refuse({ code: 'POSTCODE_UNKNOWN' });
  const office = must(demarcation.offices.get(found.area.office), 'a document knows its offices');
  return accept({
    postcode,
    on,
    version,
    effectiveFrom,
    decisionReference,
    ...placesOf(document, found.area),
    basis: office.bases.findLast(({ from }) => from <= on),
    nextBasis: office.bases.find(({ from }) => from > on),
    answers: answersTo(question, demarcation, organisation),
  });
}

function placesOf({ organisation, offices }: DemarcationDocument, area: Area) {
  const office = must(
    offices.find(({ id }) => id === area.office),
    'a document knows its offices',
  );
  const { districts, arbeidsmarktregios, rayons } = organisation;
  const werkbedrijf = organisation.werkbedrijfOffices.find(
    ({ arbeidsmarktregio }) => arbeidsmarktregio === area.arbeidsmarktregio,
  );
  return {
    office: { id: office.id, name: office.name },
    district: named(districts, office.district),
    arbeidsmarktregio: named(arbeidsmarktregios, area.arbeidsmarktregio),
    werkbedrijf: werkbedrijf && {
      id: werkbedrijf.id,
      name: werkbedrijf.name,
      rayon: named(rayons, werkbedrijf.rayon),
    },
  };
}

function named<Id extends string>(list: readonly Named<Id>[], id: Id): Named<Id> {
  return { id, name: list.find((one) => one.id === id)?.name ?? id };
}

function answersTo(
  question: WhoHelpsQuestion,
  demarcation: Demarcation,
  known: KindChoice,
): readonly HelpAnswer[] {
  const ask = askerOf(demarcation);
  const only = (given: string | undefined, all: readonly string[]) =>
    given === undefined ? all : [given];
  const employments = only(question.employment, known.employments);
  const among: KindChoice = {
    laws: only(question.law, known.laws),
    products: only(question.product, known.products),
    // Employment matters only where it gives a case its line (B12).
    employments: employments.length === 0 ? [''] : employments,
  };
  const suffixes = question.bsnSuffix === undefined ? ALL_SUFFIXES : [question.bsnSuffix];
  const asked = everyKind(among).map((kind) => {
    const helpers = suffixes.map((bsnSuffix) => ask({ ...question, ...kind, bsnSuffix }));
    return { kind, helpers, signature: helpers.map(signatureOf).join(' ') };
  });
  return [...Map.groupBy(asked, ({ signature }) => signature).values()].flatMap((alike) => {
    const kinds = alike.map(({ kind }) => kind);
    return perHelper({ kinds, helpers: alike[0]?.helpers ?? [], suffixes, among }, demarcation);
  });
}

const ALL_SUFFIXES: readonly BsnSuffix[] = Array.from({ length: 100 }, (_, i) =>
  String(i).padStart(2, '0'),
).filter(isBsnSuffix);

function perHelper(
  of: {
    readonly kinds: readonly CaseKind[];
    readonly helpers: readonly Helper[];
    readonly suffixes: readonly BsnSuffix[];
    readonly among: KindChoice;
  },
  { teams }: Demarcation,
): readonly HelpAnswer[] {
  const bySuffix = of.helpers.map((helper, i) => ({ helper, suffix: Number(of.suffixes[i]) }));
  const same = Map.groupBy(bySuffix, ({ helper }) => signatureOf(helper));
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { helper } = first;
    const runs = formatRuns(
      group.map(({ suffix }) => suffix),
      2,
    );
    const ids = helper.kind === 'teams' ? helper.teams : [];
    return [
      {
        cases: blocksOf(of.kinds, of.among),
        bsnSuffixes: group.length === of.helpers.length ? undefined : runs,
        teams: ids.map((id) => ({ id, name: teams.get(id)?.name ?? id })),
        choice: helper.kind === 'teams' ? helper.choice : undefined,
        parked: helper.kind === 'parked' ? helper.code : undefined,
        reasons: helper.reasons,
      },
    ];
  });
}
