import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthApi, startAuthApi, type TestPool } from '../../integration/local-pool/api-auth/auth-api.ts';

let auth: AuthApi;
beforeAll(async () => {
  auth = await startAuthApi();
});
afterAll(() => auth.close());

async function poolOf(MfaConfiguration: 'OFF' | 'OPTIONAL'): Promise<TestPool> {
  const people = await auth.createPool(
    {
      Policies: {
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] },
      },
    },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH'], PreventUserExistenceErrors: 'ENABLED' },
  );
  await auth.api.setUserPoolMfaConfig({
    UserPoolId: people.UserPoolId,
    SoftwareTokenMfaConfiguration: { Enabled: true },
    MfaConfiguration,
  });
  const attributes = { email: 'known@example.com', phone_number: '+12065550100' };
  await auth.createUser(people.UserPoolId, 'known', attributes);
  return people;
}

/** What a sign-in by choice says first, without what differs from call to call. */
async function begin({ ClientId }: TestPool, USERNAME: string, preferred: Record<string, string>) {
  const { ChallengeName, AvailableChallenges, ChallengeParameters } = await auth.api.initiateAuth({
    AuthFlow: 'USER_AUTH',
    ClientId,
    AuthParameters: { USERNAME, ...preferred },
  });
  return { ChallengeName, AvailableChallenges, parameters: Object.keys(ChallengeParameters ?? {}).sort() };
}

describe.each(['OFF', 'OPTIONAL'] as const)('LP-08 sign-in by choice in a pool with MFA %s', (mfa) => {
  it('LP-08 offers somebody unknown what it offers a user with every address and no more', async () => {
    const people = await poolOf(mfa);
    for (const PREFERRED_CHALLENGE of ['', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']) {
      const preferred: Record<string, string> = {
        ...(PREFERRED_CHALLENGE && { PREFERRED_CHALLENGE }),
        ...(PREFERRED_CHALLENGE === 'PASSWORD_SRP' && { SRP_A: 'a'.repeat(512) }),
      };
      const known = await begin(people, 'known', preferred);
      expect(await begin(people, 'nobody', preferred)).toEqual(known);
      expect(await begin(people, 'nobody@example.com', preferred)).toEqual(known);
    }
  });
});
