/** Words that several texts about a document share, in the two languages of the explanations. */
import type { Basis } from '@smc/domain';
import type { Language } from '@smc/decision';

export type Worded = Readonly<Record<Language, string>>;

export const BASIS_WORDS: Readonly<Record<Basis, Worded>> = {
  postcode: { nl: 'op postcode', en: 'by postcode' },
  bsn: { nl: 'op BSN', en: 'by BSN' },
  workload: { nl: 'op werklast', en: 'by workload' },
  manual: { nl: 'met de hand', en: 'by hand' },
};

/** 20000 as 20.000 in Dutch, as 20,000 in English. */
export function formatCount(count: number, language: Language): string {
  return count.toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB');
}

/** One name, or the id beside it where they differ. */
export function formatNamed({ id, name }: { readonly id: string; readonly name: string }): string {
  return id === name ? name : `${name} (${id})`;
}
