import type { Proof } from './proof.ts';

/** A band is a stretch, not one number (D01). */
export function checkBands({ organisation, problems }: Proof): void {
  for (const [name, band] of organisation.bands) {
    if (band.min < band.max) continue;
    problems.about(band, 'min', `the band ${name} does not begin below its end`, 'D01-BAND');
  }
}
