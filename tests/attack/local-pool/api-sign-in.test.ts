import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSrp } from '../../integration/local-pool/api-auth/srp-client.ts';
import {
  password,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from '../../integration/local-pool/api-users/user-pool-api.ts';

let pools: UserPoolApi;
let pool: TestPool;

beforeAll(async () => {
  pools = await startUserPoolApi();
  pool = await pools.createPool(
    {},
    {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    },
  );
});
afterAll(() => pools.close());

const signIn = (USERNAME: string, PASSWORD: string) =>
  pools.api.initiateAuth({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: pool.ClientId,
    AuthParameters: { USERNAME, PASSWORD },
  });
const askVerifier = (USERNAME: string, SRP_A = 'ab'.repeat(300)) =>
  pools.api.initiateAuth({
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: pool.ClientId,
    AuthParameters: { USERNAME, SRP_A },
  });
const answerVerifier = (USERNAME: string, proof: Record<string, string>) =>
  pools.api.respondToAuthChallenge({
    ClientId: pool.ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: { USERNAME, ...proof },
  });
/** Gives a wrong proof, which costs the client nothing. @param answeredBy the name that the answer is given under */
async function failBySrp(username: string, answeredBy = username) {
  const { ChallengeParameters } = await askVerifier(username);
  return answerVerifier(answeredBy, {
    PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters?.SECRET_BLOCK ?? '',
    PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString('base64'),
    TIMESTAMP: 'Mon Nov 23 07:00:05 UTC 2026',
  });
}
/** Begins an exchange with a password, to be finished by what this gives. */
async function beginBySrp(username: string, PASSWORD: string) {
  const exchange = startSrp(username, PASSWORD, pool.UserPoolId);
  const proof = exchange.prove(await askVerifier(username, exchange.SRP_A));
  return () => answerVerifier(username, proof);
}

const incorrect = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const locked = { name: 'NotAuthorizedException', message: 'Password attempts exceeded' };

describe.each([
  ['a user', true],
  ['someone unknown', false],
])('the sign-in of %s', (_, exists) => {
  let made = 0;
  async function someone(): Promise<string> {
    made += 1;
    const name = `${exists ? 'user' : 'nobody'}${made}`;
    if (exists) await pools.createUser(pool.UserPoolId, name);
    return name;
  }
  async function fail(name: string, times: number): Promise<void> {
    for (let tries = 0; tries < times; tries += 1)
      await expect(signIn(name, 'wrong')).rejects.toMatchObject(incorrect);
  }

  it('LP-07 is locked from the fifth wrong password on, each time for twice as long', async () => {
    const name = await someone();
    await fail(name, 5);
    for (const seconds of [1, 2, 4, 8]) {
      await expect(signIn(name, password)).rejects.toMatchObject(locked);
      pools.clock.advance(seconds * 1000 - 1);
      await expect(signIn(name, password)).rejects.toMatchObject(locked);
      pools.clock.advance(1);
      await fail(name, 1);
    }
  });

  it('LP-07 is locked for SRP and for a chosen password as well, by the same count', async () => {
    const name = await someone();
    await fail(name, 3);
    for (let tries = 0; tries < 2; tries += 1) await expect(failBySrp(name)).rejects.toMatchObject(incorrect);
    await expect(askVerifier(name)).rejects.toMatchObject(locked);
    const chosen = pools.api.initiateAuth({
      AuthFlow: 'USER_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME: name, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password },
    });
    await expect(chosen).rejects.toMatchObject(locked);
  });

  it('LP-07 is locked for SRP exchanges that were begun before the lock', async () => {
    const name = await someone();
    const finish = await beginBySrp(name, password);
    await fail(name, 5);
    await expect(finish()).rejects.toMatchObject(locked);
  });

  it('LP-07 is free again after fifteen idle minutes', async () => {
    const name = await someone();
    await fail(name, 5);
    pools.clock.advance(15 * 60_000 + 1000);
    await fail(name, 5);
    await expect(signIn(name, 'wrong')).rejects.toMatchObject(locked);
  });
});

describe('a success', () => {
  it('LP-07 clears the count', async () => {
    await pools.createUser(pool.UserPoolId, 'clears');
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 0; tries < 4; tries += 1)
        await expect(signIn('clears', 'wrong')).rejects.toMatchObject(incorrect);
      await signIn('clears', password);
    }
  });
});

describe('an SRP challenge', () => {
  it('LP-08 tells nothing of who exists', async () => {
    await pools.createUser(pool.UserPoolId, 'known');
    const [known, again, unknown, unknownAgain] = await Promise.all(
      ['known', 'known', 'unknown', 'unknown'].map((name) => askVerifier(name)),
    );
    const shape = (answer: typeof known) =>
      Object.entries(answer?.ChallengeParameters ?? {}).map(([name, value]) => [name, typeof value]);
    expect(shape(unknown)).toEqual(shape(known));
    expect(known?.ChallengeParameters?.SALT).toBe(again?.ChallengeParameters?.SALT);
    expect(unknown?.ChallengeParameters?.SALT).toBe(unknownAgain?.ChallengeParameters?.SALT);
    expect(unknown?.ChallengeParameters?.SALT).toHaveLength(known?.ChallengeParameters?.SALT?.length ?? 0);
    for (const name of ['known', 'unknown']) {
      await expect(failBySrp(name)).rejects.toMatchObject(incorrect);
      await expect(failBySrp(name, 'mallory')).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Invalid session for the user.',
      });
    }
  });

  it('LP-08 tells nothing of who has no password', async () => {
    const passwordless = await pools.createPool(
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
      { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], PreventUserExistenceErrors: 'ENABLED' },
    );
    const { ClientId } = passwordless;
    const people = ['without', 'also-without'];
    for (const Username of people) await pools.api.signUp({ ClientId, Username });
    const saltOf = async (USERNAME: string) => {
      const AuthParameters = { USERNAME, SRP_A: 'ab'.repeat(300) };
      const asked = await pools.api.initiateAuth({ AuthFlow: 'USER_SRP_AUTH', ClientId, AuthParameters });
      return asked.ChallengeParameters?.SALT;
    };
    const salts = await Promise.all([...people, 'unknown'].map(saltOf));
    expect(new Set(salts).size).toBe(3);
    expect(await saltOf('without')).toBe(salts[0]);
  });
});

describe('the time of a refused sign-in', () => {
  const samples = 200;
  async function medians(attempt: (name: string) => Promise<unknown>): Promise<[number, number]> {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      // In turn, so that a busy machine slows both alike; unlocked, so that each sample does all the work.
      for (const [name, times] of [['timed', known] as const, ['untimed', unknown] as const]) {
        pools.clock.advance(16 * 60_000);
        const start = performance.now();
        await expect(attempt(name)).rejects.toMatchObject(incorrect);
        times.push(performance.now() - start);
      }
    }
    return [median(known), median(unknown)];
  }
  // Noise comes and goes, a difference that gives something away is there each time.
  const repeated = { timeout: 120_000, retry: 2 };
  const median = (values: number[]) => values.sort((a, b) => a - b)[samples / 2] ?? Number.NaN;

  beforeAll(async () => {
    await pools.createUser(pool.UserPoolId, 'timed');
  });

  it('LP-08 by password does not tell who exists', repeated, async () => {
    const [known, unknown] = await medians((name) => signIn(name, 'wrong'));
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(known, unknown) * 0.3);
  });

  it('LP-08 by SRP does not tell who exists', repeated, async () => {
    const [known, unknown] = await medians((name) => failBySrp(name));
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(known, unknown) * 0.3);
  });
});
