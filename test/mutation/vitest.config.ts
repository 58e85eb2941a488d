import { defineConfig } from 'vitest/config';

/** The tests of the decision, as often as there are mutants: each is stopped at its first failure. */
export default defineConfig({
  test: {
    include: ['packages/decision/src/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 120_000,
    env: { SMC_DIFFERENTIAL_CASES: '2000' },
    setupFiles: ['test/mutation/first-counterexample.ts'],
  },
});
