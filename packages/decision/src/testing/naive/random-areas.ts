/** Which postcodes the offices of a random organisation have: as a table, and by plain comparison. */
import type { ArbeidsmarktregioId, OfficeId, Pc4, Postcode } from '@smc/domain';
import type { PostcodeAreas } from '../../demarcation.ts';
import { buildPostcodeAreas } from '../../postcode-areas.ts';

export const OFFICES = ['dom', 'plas', 'kade'] as OfficeId[];
const AREAS = OFFICES.map((office) => ({
  office,
  arbeidsmarktregio: `amr-${office}` as ArbeidsmarktregioId,
}));

/** 1000 to 1008, three numbers an office, with two exceptions; 1009 belongs to none. */
const EXCEPTIONS = [
  { postcode: '1001AB' as Postcode, area: 1 },
  { postcode: '1007AB' as Postcode, area: 0 },
];

export const INDEXED_AREAS = buildPostcodeAreas({
  areas: AREAS,
  pc4: Array.from({ length: 9 }, (_, i) => ({
    pc4: String(1000 + i) as Pc4,
    area: Math.floor(i / 3),
  })),
  pc6: EXCEPTIONS,
});

export const PLAIN_AREAS: PostcodeAreas = {
  lookUp(postcode) {
    for (const one of EXCEPTIONS) {
      const area = AREAS[one.area];
      if (one.postcode === postcode && area !== undefined) return { area, exception: true };
    }
    const area = AREAS[Math.floor((Number(postcode.slice(0, 4)) - 1000) / 3)];
    return area === undefined ? undefined : { area, exception: false };
  },
};
