import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../support/hostile-user-pool.ts';
import { type OtlpCollector, startOtlpCollector } from '../support/otlp-collector.ts';

let pool: HostileUserPool;
let collector: OtlpCollector;
let folder: string;
beforeAll(async () => {
  [pool, collector] = await Promise.all([startHostileUserPool(), startOtlpCollector()]);
  folder = mkdtempSync(join(tmpdir(), 'cabana-loaded-'));
});
afterAll(async () => {
  await Promise.all([pool.close(), collector.close()]);
  rmSync(folder, { recursive: true });
});

/** Writes down every file that the process loads, one a line. */
const noteLoaded = (file: string) => {
  const script = `const { appendFileSync } = process.getBuiltinModule('node:fs');
    process.getBuiltinModule('node:module').registerHooks({
      load(url, context, next) {
        appendFileSync(${JSON.stringify(file)}, url + '\\n');
        return next(url, context);
      },
    })`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
};

/** @returns the loaded files that have OpenTelemetry's SDK in them, known by one of its attributes, after a sign-in and a page */
async function filesWithSdk(environment: Record<string, string>): Promise<string[]> {
  const list = join(folder, crypto.randomUUID());
  const app = await startApp({ ...pool.environment, NODE_OPTIONS: noteLoaded(list), ...environment });
  expect((await openBrowser(app).signIn()).url.pathname).toBe('/home');
  await app.stop();
  const loaded = readFileSync(list, 'utf8').split('\n');
  expect(loaded.length).toBeGreaterThan(100);
  const files = [...new Set(loaded)]
    .filter((url) => /^file:.*\.[cm]?js$/.test(url))
    .map((url) => new URL(url));
  return files
    .filter((file) => readFileSync(file, 'utf8').includes('telemetry.sdk.language'))
    .map(({ pathname }) => pathname);
}

it('with no endpoint, nothing of OpenTelemetry’s SDK is loaded; with one it is', async () => {
  expect(await filesWithSdk({})).toEqual([]);
  expect(await filesWithSdk({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })).not.toEqual([]);
});
