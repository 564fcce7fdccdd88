// Unit tests beside the code; the tests in `tests/` talk to a live server and run only where LIVE_URL names one.
import { defineConfig } from 'vitest/config';

const live = process.env.LIVE_URL ? ['**/*.live.test.ts'] : [];

export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', ...live],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 20_000,
  },
});
