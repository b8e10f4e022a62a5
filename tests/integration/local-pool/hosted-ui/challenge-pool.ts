import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { Secret, TOTP } from 'otpauth';
import { password, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { type FormBrowser, openFormBrowser, type Page } from './form-browser.ts';

export const redirectUri = 'http://localhost:8400/callback';
export const temporary = 'Temporary-Cabana-1';

/** A user pool whose sign-in goes through the hosted pages. */
export interface ChallengePool extends TestPool {
  /** The address of a hosted page within one authorization request. */
  address(page: string, parameters?: Record<string, string>): string;
  browse(): FormBrowser;
  /** Sends the sign-in form. @returns the page that follows, redirects not followed */
  signIn(browser: FormBrowser, username: string, password?: string): Promise<Page>;
  /** Sends the sign-in form and opens the page of the challenge that follows. */
  toChallenge(browser: FormBrowser, username: string, password?: string): Promise<Page>;
}

export interface ChallengePoolSettings {
  pool?: Partial<CreateUserPoolCommandInput>;
  client?: Partial<CreateUserPoolClientCommandInput>;
  mfa?: Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>;
  /** 2 = managed login. */
  version?: number;
}

/** Makes a user pool with a domain and a client that has a secret and may use the pages. */
export async function createChallengePool(
  running: UserPoolApi,
  { pool: settings = {}, client = {}, mfa, version = 1 }: ChallengePoolSettings = {},
): Promise<ChallengePool> {
  const { api } = running;
  const pool = await running.createPool(settings, {
    ClientName: 'Beach shop',
    GenerateSecret: true,
    CallbackURLs: [redirectUri],
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid'],
    AllowedOAuthFlowsUserPoolClient: true,
    SupportedIdentityProviders: ['COGNITO'],
    ...client,
  });
  const { UserPoolId, ClientId } = pool;
  const Domain = `pages-${UserPoolId.slice(10).toLowerCase()}`;
  await api.createUserPoolDomain({ UserPoolId, Domain, ManagedLoginVersion: version });
  if (version === 2)
    await api.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
  if (mfa) await api.setUserPoolMfaConfig({ UserPoolId, ...mfa });
  const request = {
    client_id: ClientId,
    response_type: 'code',
    redirect_uri: client.CallbackURLs?.[0] ?? redirectUri,
    scope: 'openid',
    state: 'state-1',
  };
  const address: ChallengePool['address'] = (page, parameters = {}) =>
    `/${UserPoolId}/${page}?${new URLSearchParams({ ...request, ...parameters })}`;
  const signIn: ChallengePool['signIn'] = async (browser, username, secret = password) =>
    browser.submit(await browser.get(address('login')), 'login', { username, password: secret });
  return {
    ...pool,
    address,
    browse: () => openFormBrowser(running.url),
    signIn,
    async toChallenge(browser, username, secret) {
      const answer = await signIn(browser, username, secret);
      return browser.get(answer.location);
    },
  };
}

/** Whether the browser was sent back to the client with a code. */
export function isSignedIn(page: Page): boolean {
  const target = new URL(page.location);
  return page.status === 303 && target.href.startsWith(redirectUri) && target.searchParams.has('code');
}

/** The code of an authenticator app. @param secret base32 @param now milliseconds since the epoch */
export function appCode(secret: string, now: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
}

/** The key that a set-up page shows. */
export function shownSecret(page: Page): string {
  const [, shown = ''] = /<code class="secret">([A-Z2-7 ]+)<\/code>/.exec(page.text) ?? [];
  return shown.replaceAll(' ', '');
}

/** The first heading of a page. */
export function heading(page: Page): string {
  return /<h1>([^<]*)<\/h1>/.exec(page.text)?.[1] ?? '';
}
