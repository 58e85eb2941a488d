import type { Proof } from './proof.ts';

/** Where there are norm times, every product has one (E19). */
export function checkNormTimes({ organisation, problems }: Proof): void {
  const { normTimes, products } = organisation;
  if (normTimes.size === 0) return;
  for (const product of products.filter((code) => !normTimes.has(code))) {
    problems.about(normTimes, '', `${product} has no norm time`, 'E19-NORM');
  }
}
