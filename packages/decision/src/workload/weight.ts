import type { LoadKind } from '@smc/domain';
import { WHOLE_CASE, type Weights } from '../demarcation.ts';

/**
 * What one open case of this kind weighs, in thousandths of a case: by product (D11), by client group
 * (E38, E39), and less while nothing has to be done for it (D14, E04, E24). Rounded half up.
 */
export function weightOf({ product, category, activity }: LoadKind, weights: Weights): number {
  const ofProduct = weights.products.get(product) ?? WHOLE_CASE;
  const ofCategory = weights.categories.get(category ?? '') ?? WHOLE_CASE;
  return times(times(ofProduct, ofCategory), activity === 'idle' ? weights.idle : WHOLE_CASE);
}

function times(a: number, b: number): number {
  return Math.floor((a * b + WHOLE_CASE / 2) / WHOLE_CASE);
}
