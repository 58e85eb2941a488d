import type { ArbeidsmarktregioId, ContentHash } from '@smc/domain';
import { DemarcationCatalogue } from '@smc/demarcation';
import type { Codec } from '@smc/events';
import type { TxnLog } from '@smc/log';
import type { ServiceContext } from '@smc/runtime';
import type { WerkbedrijfOrganisation } from './werkbedrijf.ts';

type Offices = ReadonlyMap<ArbeidsmarktregioId, ReturnType<WerkbedrijfOrganisation['officeOf']>>;

/**
 * Werkbedrijf's offices as the versions on `smc.demarcations` name them. A version that decided
 * stands there, because the router took it from there; it is waited for all the same, for as long
 * as it takes. Versions are few and never change, so those once needed stay in memory.
 */
export class OrganisationOnLog implements WerkbedrijfOrganisation {
  readonly #context: Pick<ServiceContext<unknown>, 'logger' | 'random' | 'readiness' | 'fail'>;
  readonly #versions = new Map<ContentHash, Offices>();
  #catalogue: DemarcationCatalogue | undefined;

  constructor(context: Pick<ServiceContext<unknown>, 'logger' | 'random' | 'readiness' | 'fail'>) {
    this.#context = context;
  }

  /** The codec knows `CATALOGUE_TYPES`. */
  follow({ log, codec }: { readonly log: TxnLog; readonly codec: Codec }): void {
    const { logger, random, fail } = this.#context;
    const openReader = () => log.openReader();
    this.#catalogue = new DemarcationCatalogue({ openReader, codec, logger, random, fail });
  }

  async need(versions: ReadonlySet<ContentHash>, signal: AbortSignal): Promise<void> {
    const { readiness } = this.#context;
    for (const version of versions) {
      if (this.#versions.has(version)) continue;
      readiness.set('demarcation', `demarcation: waiting for ${version}`);
      const organisation = await this.#catalogue?.organisationOf(version, signal);
      readiness.clear('demarcation');
      const offices = organisation?.werkbedrijfOffices ?? [];
      this.#versions.set(
        version,
        new Map(
          offices.map(({ id, rayon, arbeidsmarktregio }) => [
            arbeidsmarktregio,
            { office: id, rayon },
          ]),
        ),
      );
    }
  }

  officeOf(version: ContentHash, arbeidsmarktregio: ArbeidsmarktregioId) {
    return this.#versions.get(version)?.get(arbeidsmarktregio);
  }

  async close(): Promise<void> {
    await this.#catalogue?.close();
  }
}
