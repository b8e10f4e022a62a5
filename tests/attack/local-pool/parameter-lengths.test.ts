import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
  );
  await pools.createUser(pool.UserPoolId, 'ada');
});
afterAll(() => pools.close());

const initiate = (AuthFlow: 'USER_AUTH' | 'USER_SRP_AUTH' | 'REFRESH_TOKEN_AUTH', AuthParameters = {}) =>
  pools.api.initiateAuth({ AuthFlow, ClientId: pool.ClientId, AuthParameters });
const tooLong = (name: string, most: number) => ({
  name: 'InvalidParameterException',
  message: `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
});
/** Bytes of what is kept of all challenges. */
const kept = () =>
  Number(pools.pool.store.sql('SELECT sum(length(state)) AS total FROM auth_sessions').get()?.total ?? 0);

describe('values that a stranger chooses', () => {
  it('LP-11 are refused when they are longer than any honest one, and not kept', async () => {
    const huge = 'x'.repeat(500_000);
    const SRP_A = 'ab'.repeat(300);
    const srp = (more: object) => initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A, ...more });
    const before = kept();
    await expect(initiate('USER_AUTH', { USERNAME: huge })).rejects.toMatchObject(tooLong('USERNAME', 128));
    await expect(srp({ USERNAME: 'x'.repeat(129) })).rejects.toMatchObject(tooLong('USERNAME', 128));
    await expect(srp({ DEVICE_KEY: 'x'.repeat(56) })).rejects.toMatchObject(tooLong('DEVICE_KEY', 55));
    await expect(srp({ SRP_A: huge })).rejects.toMatchObject(tooLong('SRP_A', 8192));
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: huge })).rejects.toMatchObject(
      tooLong('REFRESH_TOKEN', 8192),
    );
    expect(kept()).toBe(before);
    await srp({});
    expect(kept()).toBeGreaterThan(before);
  });

  it('LP-11 are refused in an answer too, by administrators’ calls as well', async () => {
    const { Session } = await initiate('USER_AUTH', { USERNAME: 'ada' });
    const answer = (responses: Record<string, string>) => ({
      ClientId: pool.ClientId,
      ChallengeName: 'SELECT_CHALLENGE' as const,
      Session,
      ChallengeResponses: { USERNAME: 'ada', ANSWER: 'PASSWORD', ...responses },
    });
    const respond = (responses: Record<string, string>) =>
      pools.api.respondToAuthChallenge(answer(responses));
    const respondAsAdmin = (responses: Record<string, string>) =>
      pools.api.adminRespondToAuthChallenge({ UserPoolId: pool.UserPoolId, ...answer(responses) });
    for (const send of [respond, respondAsAdmin]) {
      await expect(send({ DEVICE_KEY: 'x'.repeat(56) })).rejects.toMatchObject(tooLong('DEVICE_KEY', 55));
      await expect(send({ CREDENTIAL: 'x'.repeat(8193) })).rejects.toMatchObject(tooLong('CREDENTIAL', 8192));
    }
    const long = { PASSWORD: password, DEVICE_KEY: 'x'.repeat(55), CREDENTIAL: 'x'.repeat(8192) };
    expect((await respond(long)).AuthenticationResult?.AccessToken).toBeTruthy();
  });
});
