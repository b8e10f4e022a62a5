import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BrowserPage, hasBrowser, openBrowserPage } from './support/browser-page.ts';
import {
  type ContractClient,
  completeTokens,
  openStage,
  password,
  required,
  type Stage,
} from './support/stage.ts';

/** What the bundle of @simplewebauthn/browser leaves in a page. */
declare const SimpleWebAuthnBrowser: {
  startRegistration(input: {
    optionsJSON: PublicKeyCredentialCreationOptionsJSON;
  }): Promise<RegistrationResponseJSON>;
  startAuthentication(input: {
    optionsJSON: PublicKeyCredentialRequestOptionsJSON;
  }): Promise<AuthenticationResponseJSON>;
};

let stage: Stage;
let people: ContractClient;
let browser: BrowserPage;

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openStage();
  people = await stage.createPool({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  const { UserPoolId } = people;
  await stage.api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: 'OFF',
    WebAuthnConfiguration: { RelyingPartyId: 'localhost', UserVerification: 'required' },
  });
  await stage.createUser(UserPoolId, 'jane');
  browser = await openBrowserPage();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
beforeEach(({ skip }) => skip(!hasBrowser, 'There is no Chromium on this machine.'));

const register = (optionsJSON: PublicKeyCredentialCreationOptionsJSON) =>
  browser.page.evaluate(
    (options) => SimpleWebAuthnBrowser.startRegistration({ optionsJSON: options }),
    optionsJSON,
  );

const authenticate = (optionsJSON: PublicKeyCredentialRequestOptionsJSON) =>
  browser.page.evaluate(
    (options) => SimpleWebAuthnBrowser.startAuthentication({ optionsJSON: options }),
    optionsJSON,
  );

async function askForPasskey() {
  const asked = await stage.api.initiateAuth({
    ClientId: people.ClientId,
    AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME: 'jane', PREFERRED_CHALLENGE: 'WEB_AUTHN' },
  });
  const answer = (credential: AuthenticationResponseJSON) =>
    stage.api.respondToAuthChallenge({
      ClientId: people.ClientId,
      ChallengeName: 'WEB_AUTHN',
      Session: asked.Session,
      ChallengeResponses: { USERNAME: 'jane', CREDENTIAL: JSON.stringify(credential) },
    });
  return { asked, answer };
}

describe('E.3 USER_AUTH with a passkey of Chromium’s authenticator', () => {
  it('E.3 WEB_AUTHN: register, list, sign in, delete', async () => {
    const { AccessToken } = await stage.signIn(people, 'jane');
    const { CredentialCreationOptions } = await stage.api.startWebAuthnRegistration({ AccessToken });
    const options = CredentialCreationOptions as unknown as PublicKeyCredentialCreationOptionsJSON;
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'jane' },
      pubKeyCredParams: expect.arrayContaining([{ type: 'public-key', alg: -7 }]),
      authenticatorSelection: {
        requireResidentKey: true,
        residentKey: 'required',
        userVerification: 'required',
      },
    });
    const credential = await register(options);
    await stage.api.completeWebAuthnRegistration({ AccessToken, Credential: { ...credential } as never });
    const { Credentials } = await stage.api.listWebAuthnCredentials({ AccessToken });
    expect(Credentials).toMatchObject([{ CredentialId: credential.id, RelyingPartyId: 'localhost' }]);

    const { asked, answer } = await askForPasskey();
    expect(asked.ChallengeName).toBe('WEB_AUTHN');
    const request = JSON.parse(
      required(asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS),
    ) as PublicKeyCredentialRequestOptionsJSON;
    expect(request).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    const assertion = await authenticate(request);
    completeTokens((await answer(assertion)).AuthenticationResult);

    const later = await askForPasskey();
    await expect(later.answer(assertion)).rejects.toMatchObject({ name: 'NotAuthorizedException' });

    await stage.api.deleteWebAuthnCredential({ AccessToken, CredentialId: credential.id });
    expect((await stage.api.listWebAuthnCredentials({ AccessToken })).Credentials).toEqual([]);
    const { asked: without } = await askForPasskey();
    expect(without.ChallengeName).toBe('SELECT_CHALLENGE');
    expect(without.AvailableChallenges).not.toContain('WEB_AUTHN');
  });
});

describe('E.3 CORS in a browser', () => {
  it('E.3 a page of another origin signs in, reads an error, and reads the keys', async () => {
    const seen = await browser.page.evaluate(
      async ({ endpoint, userPoolId, body }) => {
        const call = (password: string) =>
          fetch(`${endpoint}/`, {
            method: 'POST',
            headers: {
              'content-type': 'application/x-amz-json-1.1',
              'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
              'x-amz-user-agent': 'contract',
              'cache-control': 'no-store',
            },
            body: JSON.stringify({ ...body, AuthParameters: { USERNAME: 'jane', PASSWORD: password } }),
          });
        const [good, bad] = [await call(body.right), await call('Wrong-Password-1')];
        const keys = await fetch(`${endpoint}/${userPoolId}/.well-known/jwks.json`);
        return {
          good: Object.keys(((await good.json()) as { AuthenticationResult: object }).AuthenticationResult),
          bad: [bad.status, bad.headers.get('x-amzn-errortype')],
          keys: ((await keys.json()) as { keys: [] }).keys.length,
        };
      },
      {
        endpoint: stage.userPoolEndpoint,
        userPoolId: people.UserPoolId,
        body: { AuthFlow: 'USER_PASSWORD_AUTH', ClientId: people.ClientId, right: password },
      },
    );
    expect(seen.good.toSorted()).toEqual([
      'AccessToken',
      'ExpiresIn',
      'IdToken',
      'RefreshToken',
      'TokenType',
    ]);
    expect(seen).toMatchObject({ bad: [400, 'NotAuthorizedException:'], keys: 2 });
  });
});
