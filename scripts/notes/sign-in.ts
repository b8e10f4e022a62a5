import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { z } from 'zod';
import { signInBySrp } from '../../lib/client/srp-sign-in.ts';
import { openUserPool } from '../../lib/client/user-pool.ts';
import { revokeRefreshToken } from '../../lib/cognito/token-endpoint.ts';
import { beginCodeFlow, type CodeFlow, discover, domainOf } from './code-flow.ts';
import { Failure } from './failure.ts';
import { underLock } from './file-lock.ts';
import { listenOnLoopback } from './loopback.ts';
import { openBrowser } from './open-browser.ts';
import { note } from './output.ts';
import { ask } from './prompt.ts';
import { type RedirectKind, redirectUris, SCOPES, type Settings } from './settings.ts';
import { prepareFolder, readSignedIn, type SignedIn, writeSignedIn } from './signed-in.ts';
import { tokenClient } from './stored-tokens.ts';

interface SignInWay {
  /** `browser` opens it, `print` leaves that to the person, `headless` needs none. */
  by: 'browser' | 'print' | 'headless';
  redirect: RedirectKind;
  username: string | undefined;
}

function showAddress({ address }: CodeFlow, by: SignInWay['by']): void {
  if (by === 'browser') openBrowser(address);
  const how =
    by === 'browser'
      ? 'Sign in in your browser. If none opens, open this address'
      : 'Open this address and sign in';
  note(`${how}:\n\n${address}\n`);
}

async function overLoopback(settings: Settings, by: SignInWay['by']): Promise<SignedIn> {
  const flow = await beginCodeFlow(settings, redirectUris.loopback);
  const listener = await listenOnLoopback(redirectUris.loopback, flow.isOwn);
  try {
    showAddress(flow, by);
    return await flow.finish(await listener.callback);
  } finally {
    listener.close();
  }
}

/** The system hands such an address to the app that registered the scheme; here the person does. */
async function overScheme(settings: Settings, by: SignInWay['by']): Promise<SignedIn> {
  const flow = await beginCodeFlow(settings, redirectUris.scheme);
  showAddress(flow, by);
  const callback = URL.parse((await ask(`The ${redirectUris.scheme} address that follows`)).trim());
  if (!callback?.href.startsWith(redirectUris.scheme) || !flow.isOwn(callback))
    throw new Failure('That is not the address that this sign-in ends with.');
  return await flow.finish(callback);
}

/** With a password, for a machine that has no browser, by the protocol in which the password does not travel. */
async function bySrp(settings: Settings, username: string | undefined): Promise<SignedIn> {
  const { api, issuer, clientId } = settings;
  const server = await discover(issuer);
  const credentials = {
    username: username ?? (await ask('User name')),
    password: await ask('Password', { hidden: true }),
  };
  const client = {
    userPoolId: issuer.slice(issuer.lastIndexOf('/') + 1),
    clientId,
    endpoint: new URL(issuer).origin,
  };
  const totp = async () => ({ SOFTWARE_TOKEN_MFA_CODE: await ask('Code of the authenticator app') });
  const text = async () => ({ SMS_MFA_CODE: await ask('Code of the text message') });
  const mail = async () => ({ EMAIL_OTP_CODE: await ask('Code of the e-mail') });
  const userPool = openUserPool(client);
  const askedAt = Date.now();
  const { accessToken, refreshToken } = await signInBySrp(userPool, client, credentials, {
    SOFTWARE_TOKEN_MFA: totp,
    SMS_MFA: text,
    EMAIL_OTP: mail,
  });
  if (!refreshToken) throw new Failure('The user pool sent no refresh token.');
  return { api, issuer, domain: domainOf(server), clientId, accessToken, refreshToken, askedAt };
}

const claims = z.object({ scope: z.string() });

/** What was asked for and not granted (RFC 6749 section 3.3); it is in the token, whichever way that came. */
function missingScopes(accessToken: string): string[] {
  const granted = claims.safeParse(decomposeUnverifiedJwt(accessToken).payload).data?.scope.split(' ') ?? [];
  return SCOPES.split(' ').filter((scope) => !granted.includes(scope));
}

/** The sign-in before this one, if there was any. */
function earlier(file: string): SignedIn | undefined {
  try {
    return readSignedIn(file);
  } catch {
    return undefined;
  }
}

/**
 * Signs a person in on this machine, in the place of whoever was, whose refresh token is revoked.
 * @throws Failure, CognitoFetchError
 */
export async function signIn(
  file: string,
  settings: Settings,
  { by, redirect, username }: SignInWay,
): Promise<void> {
  const ways = { loopback: overLoopback, scheme: overScheme };
  const signedIn = by === 'headless' ? await bySrp(settings, username) : await ways[redirect](settings, by);
  prepareFolder(file);
  await underLock(file, async () => {
    const before = earlier(file);
    writeSignedIn(file, signedIn);
    if (before) await revokeRefreshToken(tokenClient(before), before.refreshToken);
  });
  note('Signed in.');
  const missing = missingScopes(signedIn.accessToken);
  if (missing.length > 0)
    note(
      `The access token lacks the scopes ${missing.join(' ')}, so that the API will refuse what asks for them.${by === 'headless' ? ' Where no trigger adds them, Cognito grants them to sign-ins through its pages: with --print --redirect scheme, the browser can be on another machine.' : ''}`,
    );
}
