import { defineConfig } from 'vitest/config';

/** Half an hour; the longest test takes a minute where nothing else runs. */
const HANG_MS = 30 * 60_000;

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'properties/**/*.test.ts',
      'bench/**/*.test.ts',
      'docs/**/*.test.ts',
    ],
    // vitest leaves one core idle by default; of two that is half of the machine.
    maxWorkers: '100%',
    // For hangs alone: shared machines were seen at a fifth of their speed, and no test may depend on time.
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    teardownTimeout: HANG_MS,
  },
});
