/** Kinds of case, said as briefly as they can be: which laws, products and kinds of employment. */
export type CaseKind = {
  readonly law: string;
  readonly product: string;
  readonly employment: string;
};

export type CaseKinds = {
  readonly laws: readonly string[] | 'all';
  readonly products: readonly string[] | 'all';
  readonly employments: readonly string[] | 'all';
};

/** The values that are asked for; a fact that was given is the only one of its list. */
export type KindChoice = {
  readonly laws: readonly string[];
  readonly products: readonly string[];
  readonly employments: readonly string[];
};

export function everyKind({ laws, products, employments }: KindChoice): readonly CaseKind[] {
  return laws.flatMap((law) =>
    products.flatMap((product) => employments.map((employment) => ({ law, product, employment }))),
  );
}

/** The kinds as blocks of which every combination is meant; `all` where nothing is left out. */
export function blocksOf(kinds: readonly CaseKind[], among: KindChoice): readonly CaseKinds[] {
  const perLawAndEmployment = Map.groupBy(kinds, (kind) => `${kind.law} ${kind.employment}`);
  const rows = [...perLawAndEmployment.values()].map((group) => ({
    laws: uniqueOf(group, 'law'),
    employments: uniqueOf(group, 'employment'),
    products: uniqueOf(group, 'product'),
  }));
  const perLaw = merge(rows, 'employments');
  return merge(perLaw, 'laws').map((block) => ({
    laws: orAll(block.laws, among.laws),
    products: orAll(block.products, among.products),
    employments: orAll(block.employments, among.employments),
  }));
}

type Block = Readonly<Record<'laws' | 'employments' | 'products', readonly string[]>>;

/** Blocks that differ in one respect only become one. */
function merge(blocks: readonly Block[], over: keyof Block): readonly Block[] {
  const alike = Map.groupBy(blocks, (block) => JSON.stringify({ ...block, [over]: [] }));
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ ...first, [over]: [...new Set(same.flatMap((block) => block[over]))] }];
  });
}

function uniqueOf(kinds: readonly CaseKind[], field: keyof CaseKind): readonly string[] {
  return [...new Set(kinds.map((kind) => kind[field]))];
}

function orAll(some: readonly string[], all: readonly string[]): readonly string[] | 'all' {
  return some.length === all.length ? 'all' : some;
}
