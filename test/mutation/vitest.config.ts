import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Examples first, then what finds most of the rest: each mutant is stopped at its first failure. */
const LATER = [/differential\.test\.ts$/, /(counting|postcode-areas)\.test\.ts$/];

class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => LATER.findIndex((it) => it.test(moduleId));
    return [...files].sort((a, b) => rank(a) - rank(b));
  }
}

/** The tests of the decision, as often as there are mutants. */
export default defineConfig({
  test: {
    include: ['packages/decision/src/**/*.test.ts'],
    // The comparison with the naive decision finds what the properties find, in a tenth of the time.
    exclude: ['**/node_modules/**', '**/*.properties.test.ts'],
    testTimeout: 120_000,
    // One worker for all files: a mutant asks for most of them, and none leaves anything behind.
    isolate: false,
    env: { SMC_DIFFERENTIAL_CASES: '2000' },
    setupFiles: ['test/mutation/first-counterexample.ts'],
    sequence: { sequencer: ExamplesFirst },
  },
});
