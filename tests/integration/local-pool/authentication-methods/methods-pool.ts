import type { CreateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { type Answer, type AuthApi, softwareCode, type TestPool } from '../api-auth/auth-api.ts';
import { onlyAdminRecovers } from '../api-auth/mfa-pool.ts';

/** Settings of a user pool whose tokens tell how people signed in. */
export const tells: Partial<CreateUserPoolCommandInput> = { ...onlyAdminRecovers, AcrConfiguration: {} };

export const loa = (level: number) => `urn:cognito:loa:${level}`;

/** What a token says of the sign-in; a claim that it does not have is left out. */
export function toldBy(token: string | undefined): { acr?: unknown; amr?: unknown } {
  const { acr, amr } = decodeJwt(token ?? '');
  return { ...(acr !== undefined && { acr }), ...(amr !== undefined && { amr }) };
}

/** What both tokens of a finished sign-in say of it, which must be the same. */
export function told({ AuthenticationResult }: Answer): { acr?: unknown; amr?: unknown } {
  const id = toldBy(AuthenticationResult?.IdToken);
  const access = toldBy(AuthenticationResult?.AccessToken);
  if (JSON.stringify(id) !== JSON.stringify(access)) throw new Error('The tokens tell different things.');
  return id;
}

/** Sets an authenticator app up for a user who signs in with a password alone so far. @returns its secret */
export async function setUpApp(auth: AuthApi, pool: TestPool, username: string): Promise<string> {
  const { AuthenticationResult } = await auth.signIn(pool, username);
  const { AccessToken } = AuthenticationResult ?? {};
  const { SecretCode = '' } = await auth.api.associateSoftwareToken({ AccessToken });
  await auth.api.verifySoftwareToken({ AccessToken, UserCode: softwareCode(SecretCode, auth.clock.now()) });
  await auth.api.setUserMFAPreference({
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  auth.clock.advance(30_000);
  return SecretCode;
}
