import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { browserLaunchOptions } from '../../../scripts/lib/browser.ts';

const modules = join(import.meta.dirname, '../../../node_modules');

/** Whether there is a browser on this machine. */
export const hasBrowser = browserLaunchOptions() !== undefined;

export interface BrowserPage {
  page: Page;
  close(): Promise<void>;
}

/** A page of an application on this machine: Chromium keeps pages from elsewhere away from loopback. */
async function servePage() {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Application</title>'),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://localhost:${port}`, close: () => server.close() };
}

/** Opens Chromium at a page of an origin of its own, with @simplewebauthn/browser and an authenticator that says yes. */
export async function openBrowserPage(): Promise<BrowserPage> {
  const application = await servePage();
  const browser = await chromium.launch(browserLaunchOptions() ?? {});
  const page = await browser.newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(application.url);
  await page.addScriptTag({ path: join(modules, '@simplewebauthn/browser/dist/bundle/index.umd.min.js') });
  return {
    page,
    async close() {
      await browser.close();
      application.close();
    },
  };
}
