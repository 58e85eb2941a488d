import { must } from '@smc/domain';
import type { Demarcation } from '@smc/decision';
import {
  assembleDemarcation,
  readDemarcation,
  sliceDemarcation,
  type DemarcationDocument,
} from '@smc/demarcation';
import { EXAMPLE_FOLDER } from '@smc/example';

/**
 * The example organisation, in the version that every worker decides by. Its offices that divide by
 * workload divide by hand here: the peers know nothing of the talk with such offices.
 */
export async function benchDocument(): Promise<DemarcationDocument> {
  const read = await readDemarcation(EXAMPLE_FOLDER['2026-07']);
  const document = must(read.ok ? read.value : undefined, 'the example demarcation is valid');
  const offices = document.offices.map((office) => ({
    ...office,
    bases: office.bases.map(({ from, basis }) => {
      return { from, basis: basis === 'workload' ? ('manual' as const) : basis };
    }),
  }));
  return { ...document, offices };
}

/** As it comes out of the log: the same content hash, the same decisions. */
export async function benchDemarcation(): Promise<Demarcation> {
  const { manifest, parts } = sliceDemarcation(await benchDocument());
  const assembled = assembleDemarcation(manifest, parts);
  return must(assembled.ok ? assembled.value.demarcation : undefined, 'its parts are whole');
}
