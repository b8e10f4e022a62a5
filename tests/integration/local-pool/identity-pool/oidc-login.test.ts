import {
  CreateIdentityPoolCommand,
  DescribeIdentityCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  SetIdentityPoolRolesCommand,
} from '@aws-sdk/client-cognito-identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalProviderName } from '../../../../local-pool/src/identity-pool/provider-name.ts';
import {
  type IdentityPoolServer,
  provider,
  role,
  startIdentityPoolServer,
  userPoolId,
  webClientId,
} from './identity-pool-server.ts';
import { refusalOf } from './refusal.ts';

/** The identity pool is `here`; `there` is the OpenID Connect provider. */
let here: IdentityPoolServer;
let there: IdentityPoolServer;
let issuer: string;
let IdentityPoolId: string;
beforeAll(async () => {
  [here, there] = await Promise.all([startIdentityPoolServer(), startIdentityPoolServer()]);
  issuer = `${new URL(there.url).host}/${userPoolId}`;
  const created = await here.identity.send(
    new CreateIdentityPoolCommand({
      IdentityPoolName: 'federated',
      AllowUnauthenticatedIdentities: true,
      OpenIdConnectProviderARNs: [
        `arn:aws:iam::000000000000:oidc-provider/${issuer}`,
        'arn:aws:iam::000000000000:oidc-provider/localhost:1/nobody',
      ],
      CognitoIdentityProviders: [{ ProviderName: provider, ClientId: webClientId }],
    }),
  );
  IdentityPoolId = created.IdentityPoolId ?? '';
  await here.identity.send(
    new SetIdentityPoolRolesCommand({
      IdentityPoolId,
      Roles: { authenticated: role('Authenticated') },
      RoleMappings: {
        [issuer]: {
          Type: 'Rules',
          AmbiguousRoleResolution: 'Deny',
          RulesConfiguration: {
            Rules: [{ Claim: 'aud', MatchType: 'Equals', Value: webClientId, RoleARN: role('Federated') }],
          },
        },
      },
    }),
  );
});
afterAll(() => Promise.all([here.close(), there.close()]));

const getId = (Logins: Record<string, string>) =>
  here.identity.send(new GetIdCommand({ IdentityPoolId, Logins }));

describe('a login of an OpenID Connect provider on this machine', () => {
  it('is verified with the provider’s keys and chooses a role by its own mapping', async () => {
    const sub = await there.createUser('far');
    const Logins = { [issuer]: (await there.signIn('far')).idToken };
    const { IdentityId } = await getId(Logins);
    expect(sub).not.toBe('');
    expect((await getId(Logins)).IdentityId).toBe(IdentityId);
    const { Credentials } = await here.identity.send(
      new GetCredentialsForIdentityCommand({ IdentityId, Logins }),
    );
    const payload = Buffer.from(Credentials?.SessionToken?.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(payload).roleArn).toBe(role('Federated'));
  });

  it('is linked with a user pool’s by presenting both', async () => {
    const far = { [issuer]: await there.idTokenWith({ sub: 'far-1' }) };
    const near = { [provider]: await here.idTokenWith({ sub: 'near-1' }) };
    const { IdentityId } = await getId({ ...far, ...near });
    expect((await getId(far)).IdentityId).toBe(IdentityId);
    expect((await getId(near)).IdentityId).toBe(IdentityId);
    const described = await here.identity.send(new DescribeIdentityCommand({ IdentityId }));
    expect(described.Logins).toEqual([provider, issuer].sort());
  });

  it('is not linked when the two belong to different people', async () => {
    const far = { [issuer]: await there.idTokenWith({ sub: 'far-2' }) };
    const near = { [provider]: await here.idTokenWith({ sub: 'near-2' }) };
    await getId(far);
    const { IdentityId } = await getId(near);
    const Logins = { ...far, ...near };
    expect((await refusalOf(getId(Logins))).name).toBe('ResourceConflictException');
    const use = here.identity.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    expect((await refusalOf(use)).name).toBe('ResourceConflictException');

    const third = { [issuer]: await there.idTokenWith({ sub: 'far-3' }) };
    await getId(third);
    const another = { ...near, [issuer]: await there.idTokenWith({ sub: 'far-4' }) };
    expect((await getId(another)).IdentityId).toBe(IdentityId);
    const second = { ...near, [issuer]: await there.idTokenWith({ sub: 'far-5' }) };
    expect((await refusalOf(getId(second))).name).toBe('ResourceConflictException');
  });

  it('is refused when it is forged, another issuer’s or nobody answers', async () => {
    const forged = await here.idTokenWith({ iss: `${there.url}/${userPoolId}` });
    expect((await refusalOf(getId({ [issuer]: forged }))).message).toBe(
      "Invalid login token. Couldn't verify signed token.",
    );
    const foreign = await here.idTokenWith({});
    expect((await refusalOf(getId({ [issuer]: foreign }))).message).toBe(
      "Invalid login token. Issuer doesn't match providerName",
    );
    const nobody = await there.idTokenWith({ iss: 'http://localhost:1/nobody' });
    expect((await refusalOf(getId({ 'localhost:1/nobody': nobody }))).name).toBe('ExternalServiceException');
  });
});

it('the names of other origins are theirs', () => {
  expect(canonicalProviderName(here.pool, issuer)).toBe(issuer);
  expect(canonicalProviderName(here.pool, `${new URL(here.url).host}/nothing`)).toBe(
    `${new URL(here.url).host}/nothing`,
  );
});
