import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { browserLaunchOptions } from '../../../../scripts/lib/browser.ts';

const launchOptions = browserLaunchOptions();
/** Without a browser there is nothing that makes passkeys. */
export const hasBrowser = launchOptions !== undefined;

/** A browser takes its time on a busy machine. */
export const patience = { timeout: 60_000 };

const simpleWebAuthn = join(
  import.meta.dirname,
  '../../../../node_modules/@simplewebauthn/browser/dist/bundle/index.umd.min.js',
);

/** What Chromium keeps of a virtual passkey. */
export interface VirtualCredential {
  credentialId: string;
  isResidentCredential: boolean;
  rpId?: string;
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

/** A page with an authenticator of its own, which says yes to everything. */
export interface PasskeyPage {
  /** `navigator.credentials.create`, by @simplewebauthn/browser. */
  register(options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON>;
  /** `navigator.credentials.get`, by @simplewebauthn/browser. */
  authenticate(options: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON>;
  /** Whether the authenticator recognises its owner from now on. */
  setUserVerified(isUserVerified: boolean): Promise<void>;
  credentials(): Promise<VirtualCredential[]>;
  /** Puts a passkey back as it was at some time. */
  restore(credential: VirtualCredential): Promise<void>;
}

export interface PasskeyBrowser {
  /** @param options `hostname`: localhost or a name below it */
  openPage(options?: { hostname?: string; hasUserVerification?: boolean }): Promise<PasskeyPage>;
  close(): Promise<void>;
}

interface SimpleWebAuthn {
  startRegistration(options: { optionsJSON: unknown }): Promise<RegistrationResponseJSON>;
  startAuthentication(options: { optionsJSON: unknown }): Promise<AuthenticationResponseJSON>;
}
declare const SimpleWebAuthnBrowser: SimpleWebAuthn;

/** Chromium with virtual authenticators, and a blank page for each. */
export async function startPasskeyBrowser(): Promise<PasskeyBrowser> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Passkeys</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch(launchOptions);
  return {
    async openPage({ hostname = 'localhost', hasUserVerification = true } = {}) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`http://${hostname}:${port}/`);
      await page.addScriptTag({ path: simpleWebAuthn });
      const devTools = await context.newCDPSession(page);
      await devTools.send('WebAuthn.enable');
      const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification,
          isUserVerified: hasUserVerification,
          automaticPresenceSimulation: true,
        },
      });
      return {
        register: (optionsJSON) =>
          page.evaluate(
            (options) => SimpleWebAuthnBrowser.startRegistration({ optionsJSON: options }),
            optionsJSON,
          ),
        authenticate: (optionsJSON) =>
          page.evaluate(
            (options) => SimpleWebAuthnBrowser.startAuthentication({ optionsJSON: options }),
            optionsJSON,
          ),
        async setUserVerified(isUserVerified) {
          await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
        },
        credentials: async () =>
          (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
        async restore(credential) {
          const { credentialId } = credential;
          await devTools.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
          await devTools.send('WebAuthn.addCredential', { authenticatorId, credential });
        },
      };
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
