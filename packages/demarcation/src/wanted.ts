import type { PublishedDemarcation } from './assemble-demarcation.ts';

/**
 * Everyone who waits for one version. Callers with the same signal share one promise, so that asking
 * again and again costs nothing.
 */
export class Wanted {
  /** Whether it is being assembled just now. */
  isUnderWay = false;
  readonly #result = Promise.withResolvers<PublishedDemarcation>();
  readonly #perSignal = new WeakMap<AbortSignal, Promise<PublishedDemarcation>>();

  resolve(published: PublishedDemarcation): void {
    this.#result.resolve(published);
  }

  until(caller: AbortSignal, closing: AbortSignal): Promise<PublishedDemarcation> {
    const shared = this.#perSignal.get(caller);
    if (shared !== undefined) return shared;
    const end = AbortSignal.any([caller, closing]);
    const promise = new Promise<PublishedDemarcation>((resolve, reject) => {
      const stop = () => reject(end.reason);
      if (end.aborted) stop();
      end.addEventListener('abort', stop, { once: true });
      void this.#result.promise.then((published) => {
        end.removeEventListener('abort', stop);
        resolve(published);
      });
    });
    this.#perSignal.set(caller, promise);
    return promise;
  }
}
