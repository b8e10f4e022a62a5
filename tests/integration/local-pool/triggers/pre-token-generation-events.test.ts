import { GetTokensFromRefreshTokenCommand } from '@aws-sdk/client-cognito-identity-provider';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFormBrowser } from '../hosted-ui/form-browser.ts';
import { required, signIn } from '../relying-party.ts';
import { envelope } from './trigger-pool.ts';
import {
  authenticate,
  party,
  password,
  type Running,
  role,
  service,
  startVersions,
  stop,
} from './versioned-pools.ts';

let started: [Running, Running, Running];
let v1: Running;
let v2: Running;
let v3: Running;
beforeAll(async () => {
  started = await startVersions();
  [v1, v2, v3] = started;
});
beforeEach(() => {
  for (const running of started) running.reset();
});
afterAll(() => stop(started));

/** The events of the pre token generation trigger alone. */
const events = (running: Running) =>
  running.events.filter(({ triggerSource }) => triggerSource.startsWith('TokenGeneration'));

/** What the function is told of Ada and her groups. */
const requestOf = ({ ada }: Running) => ({
  userAttributes: {
    sub: ada.sub,
    'cognito:user_status': 'CONFIRMED',
    email: 'ada@example.com',
    email_verified: 'true',
  },
  groupConfiguration: { groupsToOverride: ['readers'], iamRolesToOverride: [role], preferredRole: role },
  clientMetadata: {},
});

describe('the event of pre token generation', () => {
  it('of version 1 tells of the user and the groups', async () => {
    await authenticate(v1);
    expect(events(v1)).toEqual([
      {
        ...envelope('TokenGeneration_Authentication', 'ada', 'legacy'),
        request: requestOf(v1),
        response: { claimsOverrideDetails: null },
      },
    ]);
  });

  it.each([
    ['2', () => v2],
    ['3', () => v3],
  ])('of version %s tells of the scopes too', async (version, running) => {
    await authenticate(running());
    expect(events(running())).toEqual([
      {
        ...envelope('TokenGeneration_Authentication', 'ada', 'legacy'),
        version,
        request: { ...requestOf(running()), scopes: ['aws.cognito.signin.user.admin'] },
        response: { claimsAndScopeOverrideDetails: null },
      },
    ]);
  });

  it('of a refresh carries the metadata of GetTokensFromRefreshToken', async () => {
    const { refreshToken } = await authenticate(v2);
    v2.reset();
    await v2.api.send(
      new GetTokensFromRefreshTokenCommand({
        ClientId: 'legacy',
        RefreshToken: refreshToken,
        ClientMetadata: { tenant: 'acme' },
      }),
    );
    expect(events(v2)).toMatchObject([
      { triggerSource: 'TokenGeneration_RefreshTokens', request: { clientMetadata: { tenant: 'acme' } } },
    ]);
  });

  it('of a hosted sign-in, and of the refresh after it, names the granted scopes', async () => {
    const hosted = await party(v2, 'hosted');
    const tokens = await signIn(openFormBrowser(v2.url), hosted, {}, { username: 'ada', password });
    await client.refreshTokenGrant(hosted.config, required(tokens.refresh_token));
    const scopes = ['openid', 'email'];
    expect(events(v2)).toMatchObject([
      {
        triggerSource: 'TokenGeneration_HostedAuth',
        callerContext: { clientId: 'hosted' },
        request: { scopes },
      },
      { triggerSource: 'TokenGeneration_RefreshTokens', request: { scopes } },
    ]);
  });

  it('of client credentials is of version 3 alone, and carries aws_client_metadata', async () => {
    for (const running of started)
      await client.clientCredentialsGrant((await service(running)).config, {
        aws_client_metadata: JSON.stringify({ tenant: 'acme' }),
      });
    expect(v1.events).toEqual([]);
    expect(v2.events).toEqual([]);
    expect(v3.events).toEqual([
      {
        ...envelope('TokenGeneration_ClientCredentials', 'ClientCredentials', 'service'),
        version: '3',
        request: {
          userAttributes: {},
          groupConfiguration: null,
          scopes: ['orders/read'],
          clientMetadata: { tenant: 'acme' },
        },
        response: { claimsAndScopeOverrideDetails: null },
      },
    ]);
  });
});
