import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginSrp, finishSrp } from './support/srp.ts';
import {
  type ContractClient,
  completeTokens,
  openStage,
  password,
  required,
  type Stage,
} from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool();
  await stage.createUser(people.UserPoolId, 'Jane', { email: 'jane@example.com' });
});
afterAll(() => stage.close());

const signIn = async (client: ContractClient, username: string, options = {}) =>
  finishSrp(stage, client, await beginSrp(stage, client, username, options));

describe('E.3 USER_SRP_AUTH with AWS SDK and cognito-srp-helper', () => {
  it('E.3 the challenge has its five parameters and no Session, and the answer gives tokens', async () => {
    const { session, begun } = await beginSrp(stage, people, 'Jane');
    expect(begun).toMatchObject({
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        SALT: expect.stringMatching(/^[\da-f]{1,32}$/),
        SECRET_BLOCK: expect.stringMatching(/^[\w+/]+=*$/),
        SRP_B: expect.stringMatching(/^[\da-f]{700,768}$/),
        USERNAME: 'Jane',
        USER_ID_FOR_SRP: 'Jane',
      },
    });
    expect(begun).not.toHaveProperty('Session');
    const { AuthenticationResult, ChallengeName } = await finishSrp(stage, people, { session, begun });
    expect(ChallengeName).toBeUndefined();
    expect(decodeJwt(completeTokens(AuthenticationResult).IdToken)['cognito:username']).toBe('Jane');
  });

  it('E.3 a wrong password', async () => {
    await expect(signIn(people, 'Jane', { chosen: `${password}x` })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  it('E.3 a secret block is used once', async () => {
    const begun = await beginSrp(stage, people, 'Jane');
    await finishSrp(stage, people, begun);
    await expect(finishSrp(stage, people, begun)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('E.3 a client with a secret: SECRET_HASH in both halves', async () => {
    const confidential = await stage.createClient(people.UserPoolId, { GenerateSecret: true });
    const { AuthenticationResult } = await signIn(confidential, 'Jane');
    expect(AuthenticationResult).toHaveProperty('AccessToken');
    const hashless = { ...confidential, ClientSecret: undefined };
    await expect(beginSrp(stage, hashless, 'Jane')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: `Client ${confidential.ClientId} is configured with secret but SECRET_HASH was not received`,
    });
    const wrong = { ...confidential, ClientSecret: 'wrong' };
    await expect(beginSrp(stage, wrong, 'Jane')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: `Unable to verify secret hash for client ${confidential.ClientId}`,
    });
  });

  it('E.3 an email address leads to the username that the verifier was made for', async () => {
    const addressed = await stage.createPool({ UsernameAttributes: ['email'] });
    const sub = await stage.createUser(addressed.UserPoolId, 'jane@example.com');
    // The helper hashes the name that it was given: the second one is the one for SRP.
    const first = await beginSrp(stage, addressed, 'jane@example.com');
    expect(required(first.begun.ChallengeParameters)).toMatchObject({ USERNAME: sub, USER_ID_FOR_SRP: sub });
    const { AuthenticationResult } = await signIn(addressed, sub);
    expect(AuthenticationResult).toHaveProperty('IdToken');
  });

  it('E.3 a client that does not allow the flow', async () => {
    const without = await stage.createClient(people.UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    await expect(beginSrp(stage, without, 'Jane')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'USER_SRP_AUTH is not enabled for the client.',
    });
  });
});

describe('E.3 both salt vectors', () => {
  // Hundreds of new passwords: not for a target that counts them.
  requires('clock that can be moved');

  it.each<[string, string, (salt: bigint) => boolean]>([
    ['a salt with the top bit set', 'top', (salt) => salt >> 127n === 1n],
    ['a salt with a leading zero byte', 'zero', (salt) => salt >> 120n === 0n],
  ])(
    'E.3 %s',
    async (_, Username, isWanted) => {
      const { UserPoolId } = people;
      await stage.createUser(UserPoolId, Username);
      for (let tries = 0; tries < 5000; tries += 1) {
        const attempt = await beginSrp(stage, people, Username);
        const salt = BigInt(`0x${attempt.begun.ChallengeParameters?.SALT}`);
        if (isWanted(salt)) {
          const { AuthenticationResult } = await finishSrp(stage, people, attempt);
          expect(AuthenticationResult).toHaveProperty('AccessToken');
          return;
        }
        await stage.api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });
      }
      throw new Error('No such salt was drawn.');
      // One salt in 256 begins so, and each try signs in.
    },
    300_000,
  );
});
