import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type IdentityPoolServer,
  identityPoolId,
  password,
  role,
  startIdentityPoolServer,
  userPoolId,
  webClientId,
} from './identity-pool-server.ts';

let server: IdentityPoolServer;
beforeAll(async () => {
  server = await startIdentityPoolServer();
  await server.createUser('ada');
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId: webClientId,
        identityPoolId,
        allowGuestAccess: true,
        userPoolEndpoint: server.url,
        identityPoolEndpoint: server.url,
      },
    },
  });
});
afterAll(() => server.close());

/** The role of the session's credentials, read from what they say of themselves. */
async function roleOfSession() {
  const { credentials, identityId } = await fetchAuthSession();
  const payload = credentials?.sessionToken?.split('.')[1] ?? '';
  return { identityId, roleArn: JSON.parse(Buffer.from(payload, 'base64url').toString()).roleArn };
}

it('Amplify takes a guest along when they sign in, and finds a person’s identity again', async () => {
  const person = {
    username: 'ada',
    password,
    options: { authFlowType: 'USER_PASSWORD_AUTH' as const },
  };
  const guest = await roleOfSession();
  expect(guest.roleArn).toBe(role('Guest'));
  await signIn(person);
  expect(await roleOfSession()).toEqual({ identityId: guest.identityId, roleArn: role('Authenticated') });

  await signOut();
  const second = await roleOfSession();
  expect(second.identityId).not.toBe(guest.identityId);
  await signIn(person);
  expect(await roleOfSession()).toEqual({ identityId: guest.identityId, roleArn: role('Authenticated') });
});
