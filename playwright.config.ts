import { defineConfig, devices } from '@playwright/test';
import { browserLaunchOptions } from './scripts/lib/browser.ts';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  timeout: 30_000,
  expect: { timeout: 7_000 },
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: browserLaunchOptions() ?? {},
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
