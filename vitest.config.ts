import { defineConfig } from 'vitest/config';

/** What a test needs stands in its file name: x.kafka.test.ts, x.redis.test.ts, x.stack.test.ts. */
export default defineConfig({
  test: {
    include: ['{packages,services,infra,test,schemas}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '.cache/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    fileParallelism: true,
    // Titles that a table makes are whole: people look for them, and requirements name them.
    taskTitleValueFormatTruncate: 0,
  },
});
