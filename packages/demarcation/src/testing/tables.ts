import { isPc4, isPostcode } from '@smc/domain';
import type { Area } from '@smc/decision';
import type { PostcodeEntry, PostcodeTable } from '../postcode-table.ts';

/** Every four digits, and so many exceptions spread evenly over them; never a ZZ. */
export function exampleTable({ exceptions }: { readonly exceptions: number }): PostcodeTable {
  const areas = Array.from({ length: 35 }, (_, i) => area(i));
  const entries: PostcodeEntry[] = [];
  const perPc4 = Math.ceil(exceptions / 9_000);
  let left = exceptions;
  for (let pc4 = 1000; pc4 <= 9999; pc4++) {
    const own = Math.floor((pc4 - 1000) / 258);
    push(entries, String(pc4), areas[own]);
    for (let i = 0; i < perPc4 && left > 0; i++, left--) {
      const letters = String.fromCharCode(65 + Math.floor(i / 26), 65 + (i % 26));
      push(entries, `${pc4}${letters}`, areas[(own + 1 + (i % 7)) % 35]);
    }
  }
  return entries;
}

function area(i: number): Area {
  return { office: `office-${i % 27}`, arbeidsmarktregio: `AM${i}` } as Area;
}

function push(entries: PostcodeEntry[], postcode: string, of: Area | undefined): void {
  if (of === undefined || !(isPc4(postcode) || isPostcode(postcode))) throw new TypeError(postcode);
  entries.push({ postcode, area: of });
}
