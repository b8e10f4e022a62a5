import {
  CreateIdentityPoolCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  SetPrincipalTagAttributeMapCommand,
} from '@aws-sdk/client-cognito-identity';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIdKey } from '../../../../local-pool/src/identity-pool/signing-key.ts';
import { freshConnections } from '../../../support/fresh-connections.ts';
import {
  anyone,
  type IdentityPoolServer,
  identityPoolId,
  provider,
  role,
  startIdentityPoolServer,
} from './identity-pool-server.ts';
import { refusalOf } from './refusal.ts';

let server: IdentityPoolServer;
let sts: STSClient;
beforeAll(async () => {
  server = await startIdentityPoolServer();
  sts = stsOf(anyone);
});
afterAll(() => server.close());

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}
const stsOf = (credentials: Keys) =>
  new STSClient({ endpoint: server.url, region: 'us-east-1', credentials, ...freshConnections });

async function openIdToken(Logins?: Record<string, string>) {
  const { IdentityId } = await server.identity.send(
    new GetIdCommand({ IdentityPoolId: identityPoolId, ...(Logins && { Logins }) }),
  );
  const { Token = '' } = await server.identity.send(
    new GetOpenIdTokenCommand({ IdentityId, ...(Logins && { Logins }) }),
  );
  return { IdentityId, Token };
}

const assume = (WebIdentityToken: string, settings: { RoleArn?: string; DurationSeconds?: number } = {}) =>
  sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: role('Reader'),
      RoleSessionName: 'session-1',
      WebIdentityToken,
      ...settings,
    }),
  );

describe('the OpenID token', () => {
  it('of a person names the pool, the provider and the user', async () => {
    const sub = await server.createUser('ada');
    const { IdentityId, Token } = await openIdToken({ [provider]: (await server.signIn('ada')).idToken });
    expect(decodeProtectedHeader(Token)).toEqual({ kid: 'us-east-11', typ: 'JWS', alg: 'RS512' });
    const now = Math.floor(server.clock.now() / 1000);
    expect(decodeJwt(Token)).toEqual({
      sub: IdentityId,
      aud: identityPoolId,
      amr: ['authenticated', provider, `${provider}:CognitoSignIn:${sub}`],
      iss: 'https://cognito-identity.amazonaws.com',
      'https://cognito-identity.amazonaws.com/identity-pool-arn': `arn:aws:cognito-identity:us-east-1:000000000000:identitypool/${identityPoolId}`,
      exp: now + 900,
      iat: now,
    });
  });

  it('of a guest says so, and verifies with the published keys', async () => {
    const { Token } = await openIdToken();
    const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks_uri`));
    const { payload } = await jwtVerify(Token, keys, {
      audience: identityPoolId,
      currentDate: new Date(server.clock.now()),
    });
    expect(payload.amr).toEqual(['unauthenticated']);
  });

  it('carries the principal tags of attributes for access control', async () => {
    await server.identity.send(
      new SetPrincipalTagAttributeMapCommand({
        IdentityPoolId: identityPoolId,
        IdentityProviderName: provider,
        PrincipalTags: { dept: 'custom:dept', team: 'custom:team' },
      }),
    );
    const { Token } = await openIdToken({
      [provider]: await server.idTokenWith({ sub: 'tagged', 'custom:dept': 'eng' }),
    });
    expect(decodeJwt(Token)['https://aws.amazon.com/tags']).toEqual({ principal_tags: { dept: ['eng'] } });
  });

  it('is not given where the classic flow is off', async () => {
    const { IdentityPoolId } = await server.identity.send(
      new CreateIdentityPoolCommand({ IdentityPoolName: 'enhanced', AllowUnauthenticatedIdentities: true }),
    );
    const { IdentityId } = await server.identity.send(new GetIdCommand({ IdentityPoolId }));
    expect(await refusalOf(server.identity.send(new GetOpenIdTokenCommand({ IdentityId })))).toEqual({
      name: 'InvalidParameterException',
      message: 'Basic (classic) flow is not enabled, please use enhanced flow.',
    });
  });
});

describe('AssumeRoleWithWebIdentity', () => {
  it('gives credentials of the role, and STS knows whose they are', async () => {
    const { IdentityId, Token } = await openIdToken();
    const answer = await assume(Token, { RoleArn: role('teams/Reader'), DurationSeconds: 900 });
    expect(answer).toMatchObject({
      SubjectFromWebIdentityToken: IdentityId,
      Audience: identityPoolId,
      Provider: 'cognito-identity.amazonaws.com',
      AssumedRoleUser: { Arn: 'arn:aws:sts::000000000000:assumed-role/Reader/session-1' },
    });
    const {
      AccessKeyId = '',
      SecretAccessKey = '',
      SessionToken = '',
      Expiration,
    } = answer.Credentials ?? {};
    expect(AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(Math.round((Number(Expiration) - server.clock.now()) / 1000)).toBe(900);

    const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    expect(await stsOf(keys).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: 'arn:aws:sts::000000000000:assumed-role/Reader/session-1',
      UserId: answer.AssumedRoleUser?.AssumedRoleId,
      Account: '000000000000',
    });
    const stolen = stsOf({ ...keys, accessKeyId: `ASIA${'A'.repeat(16)}` });
    expect(await refusalOf(stolen.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });

  it.each([
    ['not a JWT', async () => 'nonsense', 'is not a valid JWT'],
    ['of a user pool', () => server.idTokenWith({}), 'No OpenIDConnect provider found'],
    ['forged', async () => `${(await openIdToken()).Token.slice(0, -8)}AAAAAAAA`, 'The signature or a claim'],
    [
      'of an identity pool that there is not',
      async () => {
        const claims = { ...decodeJwt((await openIdToken()).Token), aud: 'us-east-1:00' };
        const { privateKey } = await openIdKey(server.pool);
        return new SignJWT(claims).setProtectedHeader({ alg: 'RS512' }).sign(privateKey);
      },
      'Incorrect token audience',
    ],
  ])('refuses a token that is %s', async (_, token, reason) => {
    expect(await refusalOf(assume(await token()))).toEqual({
      name: 'InvalidIdentityTokenException',
      message: expect.stringContaining(reason),
    });
  });

  it('refuses an expired token', async () => {
    const { Token } = await openIdToken();
    server.clock.advance(901_000);
    expect(await refusalOf(assume(Token))).toMatchObject({
      name: 'ExpiredTokenException',
      message: expect.stringMatching(/^Token expired: current date\/time \d+ must be before/),
    });
  });

  it.each([
    ['a duration too short', { DurationSeconds: 899 }, "Value '899' at 'durationSeconds'"],
    ['a duration too long', { DurationSeconds: 43_201 }, 'less than or equal to 43200'],
    ['what is no role', { RoleArn: 'arn:aws:iam::000000000000:user/somebody' }, 'Request ARN is invalid'],
    ['a short ARN', { RoleArn: 'arn' }, "Value 'arn' at 'roleArn' failed to satisfy constraint"],
  ])('refuses %s', async (_, settings, text) => {
    const { name, message } = await refusalOf(assume((await openIdToken()).Token, settings));
    expect(name).toBe('ValidationError');
    expect(message).toContain(text);
  });
});

describe('GetCallerIdentity', () => {
  it('names a local user for any keys', async () => {
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: 'arn:aws:iam::000000000000:user/local',
      Account: '000000000000',
    });
  });

  it('refuses a session token that the local pool did not give, and one that has expired', async () => {
    const call = (sessionToken: string, accessKeyId = 'ASIAAAAAAAAAAAAAAAAA') =>
      stsOf({ accessKeyId, secretAccessKey: 's', sessionToken }).send(new GetCallerIdentityCommand({}));
    expect(await refusalOf(call('cabana-local.e30.x'))).toMatchObject({ name: 'InvalidClientTokenId' });
    expect(await refusalOf(call('anything'))).toMatchObject({ name: 'InvalidClientTokenId' });

    const { Credentials } = await assume((await openIdToken()).Token);
    server.clock.advance(3_600_000);
    expect(await refusalOf(call(Credentials?.SessionToken ?? '', Credentials?.AccessKeyId))).toMatchObject({
      name: 'ExpiredToken',
    });
  });
});

describe('the Query protocol', () => {
  const post = (body: string) =>
    fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });

  it('answers an unknown action, none, and one of markup with AWS’s error', async () => {
    for (const action of ['AssumeRole', '', '<script>']) {
      const response = await post(new URLSearchParams({ Action: action, Version: '2011-06-15' }).toString());
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toBe('text/xml');
      const body = await response.text();
      expect(body).toContain('<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">');
      expect(body).toContain('<Code>InvalidAction</Code>');
      expect(body).not.toContain('<script>');
    }
  });

  it('escapes what it repeats', async () => {
    const form = {
      Action: 'AssumeRoleWithWebIdentity',
      RoleArn: '<&">',
      RoleSessionName: 's1',
      WebIdentityToken: 'token',
    };
    const body = await (await post(new URLSearchParams(form).toString())).text();
    expect(body).toContain('&lt;&amp;&quot;&gt;');
  });

  it('asks for a signature where STS does', async () => {
    const response = await fetch(`${server.url}/?Action=GetCallerIdentity&Version=2011-06-15`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>MissingAuthenticationToken</Code>');
  });

  it('does not read a body without end', async () => {
    const response = await post(`Action=GetCallerIdentity&x=${'x'.repeat(1024 * 1024)}`);
    expect(response.status).toBe(413);
  });
});
