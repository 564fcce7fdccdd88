// End-to-end tests: the built dashboard, a real server with demo data, Debian's Chromium.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  testMatch: process.env.STOA_SHOTS ? '*.shots.ts' : '*.spec.ts',
  // One server and one database: what one test changes, another would see.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // A browser on a busy machine misses a beat at times: one more try, and the report names whoever needed it.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: process.env.STOA_E2E_OUTPUT ?? 'test-results',
  use: {
    headless: true,
    viewport: { width: 1360, height: 850 },
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Without these the browser asks its maker's hosts for updates.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
});
