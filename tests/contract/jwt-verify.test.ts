import { CognitoJwtVerifier } from 'aws-jwt-verify';
import {
  CognitoJwtInvalidClientIdError,
  CognitoJwtInvalidGroupError,
  CognitoJwtInvalidTokenUseError,
} from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ContractClient, openStage, type Stage, type Tokens } from './support/stage.ts';

let stage: Stage;
let people: ContractClient;
let tokens: Tokens;
let jwks: Jwks;
let issuer: string;

beforeAll(async () => {
  stage = await openStage({ issuer: 'aws' });
  people = await stage.createPool();
  const { UserPoolId } = people;
  await stage.createUser(UserPoolId, 'jane');
  await stage.api.createGroup({ UserPoolId, GroupName: 'staff' });
  await stage.api.adminAddUserToGroup({ UserPoolId, Username: 'jane', GroupName: 'staff' });
  tokens = await stage.signIn(people, 'jane');
  const wellKnown = `${stage.userPoolEndpoint}/${UserPoolId}/.well-known`;
  jwks = (await (await fetch(`${wellKnown}/jwks.json`)).json()) as Jwks;
  const discovery = await fetch(`${wellKnown}/openid-configuration`);
  ({ issuer } = (await discovery.json()) as { issuer: string });
});
afterAll(() => stage.close());
beforeEach(({ skip }) =>
  skip(!/amazonaws\.com\//.test(issuer), 'The target signs in a name that aws-jwt-verify does not take.'),
);

type Use = 'id' | 'access';

function verifierOf(tokenUse: Use, clientId: string, groups: string) {
  const verifier = CognitoJwtVerifier.create({ userPoolId: people.UserPoolId, tokenUse, clientId, groups });
  verifier.cacheJwks(jwks);
  return verifier;
}

const tokenOf = (use: Use) => (use === 'id' ? tokens.IdToken : tokens.AccessToken);

it.each<Use>(['id', 'access'])('E.1 CognitoJwtVerifier accepts an %s token with cacheJwks', async (use) => {
  const claims = await verifierOf(use, people.ClientId, 'staff').verify(tokenOf(use));
  expect(claims).toMatchObject({ token_use: use, 'cognito:groups': ['staff'] });
});

it.each<Use>(['id', 'access'])(
  'E.1 CognitoJwtVerifier refuses an %s token of another client, group or use',
  async (use) => {
    const other = use === 'id' ? 'access' : 'id';
    const token = tokenOf(use);
    await expect(verifierOf(use, 'another', 'staff').verify(token)).rejects.toThrow(
      CognitoJwtInvalidClientIdError,
    );
    await expect(verifierOf(use, people.ClientId, 'admins').verify(token)).rejects.toThrow(
      CognitoJwtInvalidGroupError,
    );
    await expect(verifierOf(other, people.ClientId, 'staff').verify(token)).rejects.toThrow(
      CognitoJwtInvalidTokenUseError,
    );
  },
);
