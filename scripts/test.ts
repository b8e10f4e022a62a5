import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ensureBrowser } from './lib/browser.ts';
import { buildWhenStale } from './lib/build.ts';
import { bin, root, run, say, stop } from './lib/processes.ts';

const reports = join(root, 'test-results');
const count = { passed: 0, failed: 0, skipped: 0 };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  success: z.boolean(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** A check that is one command and either holds or does not. */
async function check(title: string, args: readonly string[]): Promise<void> {
  say(`\n${title} …`);
  if ((await run(args)) === 0) count.passed += 1;
  else count.failed += 1;
}

const readReport = (name: string): unknown => JSON.parse(readFileSync(join(reports, name), 'utf8'));

async function unitAndIntegrationTests(): Promise<void> {
  say('\nUnit, integration, attack, fault and contract tests …');
  const output = join(reports, 'vitest.json');
  const code = await run([
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
  ]);
  const report = vitestReport.parse(readReport('vitest.json'));
  count.passed += report.numPassedTests;
  // A file that cannot be loaded fails the run without failing a test.
  count.failed += Math.max(report.numFailedTests, code === 0 ? 0 : 1);
  count.skipped += report.numPendingTests;
}

async function browserTests(): Promise<void> {
  say('\nBrowser tests …');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'playwright.json') };
  const code = await run([bin('@playwright/test', 'cli.js'), 'test', '--reporter=list,json'], env);
  const { stats } = playwrightReport.parse(readReport('playwright.json'));
  count.passed += stats.expected;
  count.failed += Math.max(stats.unexpected + stats.flaky, code === 0 ? 0 : 1);
  count.skipped += stats.skipped;
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
if (!ensureBrowser())
  stop('The browser tests need Chromium: install it, or allow Playwright to download its own.');
await buildWhenStale();
await check('Types', [bin('typescript', 'bin/tsc'), '--noEmit']);
await check('Lint', [bin('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings']);
await unitAndIntegrationTests();
await browserTests();

if (count.skipped > 0) say(`\n${count.skipped} skipped; each says why where it stands.`);
say(`\n${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 ? 0 : 1);
