import { checkTiling, type Ages } from '@smc/capacity';
import type { Classification } from '../document.ts';
import type { Proof } from './proof.ts';
import { show } from './words.ts';

/**
 * Classes cover everyone once (C03). "Cliënten in de leeftijd 41 t/m 49 (totaal 94 cliënten) worden
 * buitengesloten in de huidige plannen": a gap is named with its clients where they were counted.
 */
export function checkClasses({ organisation, problems }: Proof): void {
  for (const classification of organisation.classifications) {
    const inverted = classification.classes.filter(({ from, to }) => to !== undefined && to < from);
    for (const one of inverted) {
      problems.about(one, 'to', `expected ${one.from} or more`, 'C03-ORDER');
    }
    if (inverted.length > 0) continue;
    const { classes, counts } = classification;
    const { gaps, overlaps } = checkTiling(classification, classes, counts);
    for (const gap of gaps) {
      const clients = gap.clients === undefined ? '' : `, ${show(gap.clients)} clients`;
      const message = `no class has ${ages(gap)}${clients}`;
      problems.about(nextTo(classification, gap), 'from', message, 'C03-GAP');
    }
    for (const overlap of overlaps) {
      const [first, second] = overlap.classes;
      const at = classes.findLast(({ name }) => name === second) ?? classification;
      const message = `${ages(overlap)} is in ${first} too`;
      problems.about(at, 'from', message, 'C03-OVERLAP');
    }
  }
}

/** The class after the gap, or else the last one. */
function nextTo({ classes, ...whole }: Classification, gap: Ages): object {
  const ascending = classes.toSorted((a, b) => a.from - b.from);
  return ascending.find(({ from }) => from > gap.from) ?? ascending.at(-1) ?? whole;
}

function ages({ from, to }: Ages): string {
  if (to === undefined) return `${from} and over`;
  return from === to ? String(from) : `${from}-${to}`;
}
