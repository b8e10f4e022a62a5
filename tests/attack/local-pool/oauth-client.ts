import {
  ada,
  authorizeParameters,
  clientId,
  type HostedPool,
  pageAddress,
  redirectUri,
  userPoolId,
} from '../../integration/local-pool/hosted-ui/hosted-pool.ts';

export const mobileClientId = 'cabanamobile00000000000001';
export const serviceClientId = 'cabanaservice0000000000001';
/** The verifier of the challenge in `authorizeParameters`. */
export const verifier = 'v'.repeat(43);

/** Parameters to change; undefined takes one away. */
export type Changes = Record<string, string | undefined>;

function changed(parameters: Record<string, string>, changes: Changes): URLSearchParams {
  const entries = Object.entries({ ...parameters, ...changes });
  return new URLSearchParams(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A good authorization request of the web client, changed. */
export function authorizeAddress(changes: Changes = {}): string {
  return `/${userPoolId}/oauth2/authorize?${changed(authorizeParameters, changes)}`;
}

/** A browser in which Ada is signed in. */
export async function openSignedInBrowser(pool: HostedPool): Promise<ReturnType<HostedPool['browse']>> {
  const browser = pool.browse();
  const page = await browser.get(pageAddress('login'));
  await browser.submit(page, 'login', ada);
  if (!browser.cookies.has('cognito')) throw new Error('The sign-in did not open a hosted session.');
  return browser;
}

/** A fresh code for Ada. */
export async function obtainCode(pool: HostedPool, changes: Changes = {}): Promise<string> {
  const browser = await openSignedInBrowser(pool);
  const { location } = await browser.get(authorizeAddress(changes));
  const code = new URL(location).searchParams.get('code');
  if (code === null) throw new Error(`No code came back: ${new URL(location).search}`);
  return code;
}

export interface TokenAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** Posts any body to the token endpoint. */
export async function postToken(
  pool: HostedPool,
  body: string | URLSearchParams,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const response = await fetch(`${pool.url}/${userPoolId}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: String(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

export function secretOf(pool: HostedPool, id: string): string {
  const secret = pool.pool.appClient(id)?.secrets[0]?.value;
  if (secret === undefined) throw new Error(`The app client ${id} has no secret.`);
  return secret;
}

export function basic(id: string, secret: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

/** The form of a good exchange of a code, changed. */
export function exchangeForm(code: string, changes: Changes = {}): URLSearchParams {
  const good = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  return changed(good, changes);
}

/** Exchanges a code as the web client does. */
export function exchange(pool: HostedPool, code: string, changes: Changes = {}): Promise<TokenAnswer> {
  return postToken(pool, exchangeForm(code, changes), basic(clientId, secretOf(pool, clientId)));
}
