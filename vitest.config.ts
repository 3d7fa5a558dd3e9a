import { defineConfig } from 'vitest/config';

/**
 * Milliseconds after which a test counts as hung. It is no limit of speed: a machine that is busy with twenty other things
 * takes a quarter of an hour for a test of half a minute.
 */
const HANG = 60 * 60_000;

declare module 'vitest' {
  interface ProvidedContext {
    /** Milliseconds that a test waits for an event. The rest of the time limit is for its error message. */
    readonly hang: number;
  }
}

export default defineConfig({
  // Hides warnings about packages without the sources of their source maps.
  logLevel: 'error',
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/temporary-root.ts',
    environment: 'node',
    testTimeout: HANG,
    hookTimeout: HANG,
    teardownTimeout: HANG,
    provide: { hang: HANG / 2 },
    fileParallelism: true,
    maxWorkers: 2,
    // `script/test --quick` leaves both out.
    tags: [
      {
        name: 'system',
        description: 'Needs root, a mount, an emulator, or a program besides Node.js, git and a shell.',
      },
      { name: 'slow', description: 'Takes more than a few seconds.' },
    ],
    // The actions packages import JSON in a way only a bundler resolves.
    server: { deps: { inline: [/@actions\/language/, /@actions\/(workflow-parser|expressions)/] } },
  },
});
