import { assert } from '@smc/domain';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type MetricSpec<L extends string> = {
  /** Snake case, the unit last: `router_transaction_seconds`; a counter ends in `_total`. */
  readonly name: string;
  readonly help: string;
  /** Labels of few values only: codes and rules, never a key of a client. */
  readonly labels?: readonly L[];
};

/** From half a millisecond to ten seconds: the span between a quiet batch and an outage. */
export const SECONDS_BUCKETS: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** A count or a size has one of these as its last word, so that a reader knows what it counts. */
const UNITS = [
  'seconds',
  'bytes',
  'ratio',
  'offsets',
  'records',
  'cases',
  'clients',
  'partitions',
  'requests',
  'transactions',
  'divisions',
  'entries',
  'info',
];

/** The metrics of one process (or of one service, where several share a process). */
export type Metrics = {
  counter<L extends string = never>(spec: MetricSpec<L>): Counter<L>;
  gauge<L extends string = never>(spec: MetricSpec<L>): Gauge<L>;
  /** Seconds unless other buckets are given. */
  histogram<L extends string = never>(
    spec: MetricSpec<L> & { readonly buckets?: readonly number[] },
  ): Histogram<L>;
  /** All of them, in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
};

/** A set of its own, nothing global. `ofProcess` adds memory, CPU, event loop and collector. */
export function createMetrics(options: { readonly ofProcess: boolean }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.ofProcess) collectDefaultMetrics({ register: registry });
  const common = <L extends string>({ name, help, labels = [] }: MetricSpec<L>) => ({
    name,
    help,
    labelNames: labels,
    registers,
  });
  return {
    counter(spec) {
      assert(spec.name.endsWith('_total'), `${spec.name} is a counter and ends in _total`);
      return new Counter(common(spec));
    },
    gauge(spec) {
      assertUnit(spec.name);
      return new Gauge(common(spec));
    },
    histogram(spec) {
      assertUnit(spec.name);
      return new Histogram({ ...common(spec), buckets: [...(spec.buckets ?? SECONDS_BUCKETS)] });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function assertUnit(name: string): void {
  const known = UNITS.some((unit) => name.endsWith(`_${unit}`));
  assert(known, `${name} ends in its unit: ${UNITS.join(', ')}`);
}
