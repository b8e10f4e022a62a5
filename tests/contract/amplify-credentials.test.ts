import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import * as auth from 'aws-amplify/auth';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { configureAmplify } from './support/amplify.ts';
import { openStage, password, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
afterEach(() => auth.signOut());

describe('E.5 Amplify and identity pools', () => {
  requires('identity pool endpoint', 'role of its own choice');

  it('E.5 credentials of a guest, and of a user after the sign-in', async () => {
    const people = await stage.createPool();
    await stage.createUser(people.UserPoolId, 'jane');
    const api = new CognitoIdentity({ endpoint: stage.identityPoolEndpoint, region: stage.region });
    const ProviderName = `cognito-idp.${stage.region}.amazonaws.com/${people.UserPoolId}`;
    const { IdentityPoolId } = await api.createIdentityPool({
      IdentityPoolName: 'contract',
      AllowUnauthenticatedIdentities: true,
      CognitoIdentityProviders: [{ ProviderName, ClientId: people.ClientId }],
    });
    await api.setIdentityPoolRoles({
      IdentityPoolId,
      Roles: {
        authenticated: 'arn:aws:iam::000000000000:role/User',
        unauthenticated: 'arn:aws:iam::000000000000:role/Guest',
      },
    });
    configureAmplify(stage, people, required(IdentityPoolId));
    const guest = await auth.fetchAuthSession();
    expect(guest.credentials).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/) });
    await auth.signIn({ username: 'jane', password });
    const user = await auth.fetchAuthSession();
    expect(user.credentials?.sessionToken).not.toBe(guest.credentials?.sessionToken);
    expect(user.identityId).toMatch(/^us-east-1:[\da-f-]{36}$/);
    await api.deleteIdentityPool({ IdentityPoolId });
    api.destroy();
  });
});
