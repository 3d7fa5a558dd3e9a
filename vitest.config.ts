import { defineConfig } from 'vitest/config';

/**
 * Milliseconds after which a test counts as hung. It does not limit the speed: on a machine with twenty other busy
 * processes, a test of half a minute takes a quarter of an hour, and must pass.
 */
const HANG = 60 * 60_000;

declare module 'vitest' {
  interface ProvidedContext {
    /** Milliseconds that a test waits for an event. The rest of the time limit is for its error message. */
    readonly hang: number;
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: HANG,
    hookTimeout: HANG,
    teardownTimeout: HANG,
    provide: { hang: HANG / 2 },
    fileParallelism: true,
    maxWorkers: 2,
    // The actions packages import JSON in a way only a bundler resolves.
    server: { deps: { inline: [/@actions\/language/, /@actions\/(workflow-parser|expressions)/] } },
  },
});
