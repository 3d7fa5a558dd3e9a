import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: true,
    maxWorkers: 2,
    // The actions packages import JSON in a way only a bundler resolves.
    server: { deps: { inline: [/@actions\/language/, /@actions\/(workflow-parser|expressions)/] } },
  },
});
