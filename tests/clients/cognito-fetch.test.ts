import { setTimeout as wait } from 'node:timers/promises';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type CognitoFetchOptions, createCognitoFetch } from '../../lib/client/cognito-fetch.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { localCredentials, type PoolAndApp, people, startPoolAndApp } from '../support/local-pool.ts';

const userPoolId = 'us-east-1_Cabana001';

let both: PoolAndApp;

beforeAll(async () => {
  both = await startPoolAndApp();
});
afterAll(() => both.stop());

const open = (options: Partial<CognitoFetchOptions> = {}) =>
  createCognitoFetch({
    userPoolId,
    clientId: 'cabanamobile00000000000001',
    endpoint: both.pool.url,
    baseUrl: `${both.app.url}/api/v1/`,
    signIn: people.ada,
    allowInsecureRequests: true,
    ...options,
  });

test('the application takes the access token, and the ID token where a route does', async () => {
  expect(await (await open()('me')).json()).toMatchObject({ groups: ['admins'] });
  const fetch = open({ token: 'id' });
  expect(await (await fetch('token')).json()).toMatchObject({ use: 'id' });
  expect((await fetch('me')).status).toBe(401);
});

test('whoever was signed out everywhere is refused by the application, and signs in again by itself', async () => {
  const calls = vi.fn(globalThis.fetch);
  const fetch = open({ fetch: calls });
  expect((await fetch('sessions/00000000-0000-4000-8000-000000000000', { method: 'DELETE' })).status).toBe(
    404,
  );
  const administrator = new CognitoIdentityProvider({
    endpoint: both.pool.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await administrator.adminUserGlobalSignOut({ UserPoolId: userPoolId, Username: people.ada.username });
  administrator.destroy();
  const before = await fetch.token();
  // A route that asks the user pool whether it still honours the token.
  expect((await fetch('sessions/00000000-0000-4000-8000-000000000000', { method: 'DELETE' })).status).toBe(
    404,
  );
  expect(await fetch.token()).not.toBe(before);
  expect(calls).toHaveBeenCalledTimes(3);
});

test('the application’s rate limit is waited for', async () => {
  const limited: RunningApp = await startApp({
    LOCAL_POOL_URL: both.pool.url,
    ...localCredentials,
    API_REQUESTS_PER_USER: '1',
  });
  try {
    const answers: number[] = [];
    const watched: typeof globalThis.fetch = async (...args) => {
      const answer = await globalThis.fetch(...args);
      answers.push(answer.status);
      return answer;
    };
    const fetch = open({ baseUrl: `${limited.url}/api/v1/`, fetch: watched });
    expect((await fetch('me')).status).toBe(200);
    const controller = new AbortController();
    const waiting = fetch('me', { signal: controller.signal });
    const answered = waiting.then(
      () => 'answered',
      () => 'given up',
    );
    await expect.poll(() => answers, { timeout: 20_000 }).toEqual([200, 429]);
    // The window is a minute: for the next second, nothing is sent and nothing is answered.
    expect(await Promise.race([answered, wait(1_000, 'still waiting')])).toBe('still waiting');
    controller.abort();
    expect(await answered).toBe('given up');
    expect(answers).toEqual([200, 429]);
  } finally {
    await limited.stop();
  }
});
