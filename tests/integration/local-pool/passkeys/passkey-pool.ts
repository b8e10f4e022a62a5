import type {
  CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { TestPool, UserPoolApi } from '../api-users/user-pool-api.ts';
import type { PasskeyPage } from './passkey-browser.ts';

/** Fails where the value is missing. */
export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A value is missing.');
  return value;
}

export const PASSKEYS: Partial<CreateUserPoolCommandInput> = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
};

export const CLIENT = {
  ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const,
};

/** A user pool with passkeys for `localhost`, and the user `jane`. */
export async function createPasskeyPool(
  running: UserPoolApi,
  mfa: Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'> = {},
): Promise<TestPool> {
  const pool = await running.createPool(PASSKEYS, { ExplicitAuthFlows: [...CLIENT.ExplicitAuthFlows] });
  const { UserPoolId } = pool;
  await running.api.createUserPoolDomain({
    UserPoolId,
    Domain: `passkeys-${UserPoolId.slice(10).toLowerCase()}`,
  });
  if (Object.keys(mfa).length > 0) await running.api.setUserPoolMfaConfig({ UserPoolId, ...mfa });
  await running.createUser(UserPoolId, 'jane', { email: 'jane@example.com' });
  return pool;
}

/** StartWebAuthnRegistration. */
export async function creationOptions(
  { api }: UserPoolApi,
  AccessToken: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { CredentialCreationOptions } = await api.startWebAuthnRegistration({ AccessToken });
  return CredentialCreationOptions as unknown as PublicKeyCredentialCreationOptionsJSON;
}

/** Registers a passkey of the page's authenticator. @returns its ID */
export async function registerPasskey(
  running: UserPoolApi,
  page: PasskeyPage,
  AccessToken: string,
): Promise<string> {
  const Credential = await page.register(await creationOptions(running, AccessToken));
  await running.api.completeWebAuthnRegistration({ AccessToken, Credential: { ...Credential } as never });
  return Credential.id;
}

/** Begins a sign-in with a passkey. */
export async function askForPasskey({ api }: UserPoolApi, { ClientId }: TestPool, USERNAME = 'jane') {
  const asked = await api.initiateAuth({
    AuthFlow: 'USER_AUTH',
    ClientId,
    AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' },
  });
  const json = asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? 'null';
  const options = JSON.parse(json) as PublicKeyCredentialRequestOptionsJSON;
  /** @param credential an assertion, or any text */
  const answer = (credential: object | string, username = USERNAME) =>
    api.respondToAuthChallenge({
      ClientId,
      ChallengeName: 'WEB_AUTHN',
      Session: asked.Session,
      ChallengeResponses: {
        USERNAME: username,
        CREDENTIAL: typeof credential === 'string' ? credential : JSON.stringify(credential),
      },
    });
  return { asked, options, answer };
}
