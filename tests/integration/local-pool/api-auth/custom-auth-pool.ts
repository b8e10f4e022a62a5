import type { ChallengeResult } from '../../../../local-pool/src/lambda/custom-auth.ts';
import { type Answer, type AuthApi, lambdaConfig, startAuthApi, type TestPool } from './auth-api.ts';

export interface CustomAuthPool {
  auth: AuthApi;
  pool: TestPool;
  /** A client with PreventUserExistenceErrors. */
  discreet: TestPool;
  begin(username?: string, client?: TestPool): Promise<Answer>;
}

const flows = ['ALLOW_CUSTOM_AUTH' as const, 'ALLOW_USER_PASSWORD_AUTH' as const];
export const customAuthFlows = { ExplicitAuthFlows: flows };

/** A pool with the three triggers and every second factor, and a user `ada` in it. */
export async function startCustomAuthPool(): Promise<CustomAuthPool> {
  const auth = await startAuthApi();
  const pool = await auth.createPool(
    {
      LambdaConfig: lambdaConfig('DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'),
    },
    customAuthFlows,
  );
  const { UserPoolId } = pool;
  const discreet = await auth.createClient(UserPoolId, {
    ...customAuthFlows,
    PreventUserExistenceErrors: 'ENABLED',
  });
  await auth.api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } },
    EmailMfaConfiguration: {},
  });
  await auth.createUser(UserPoolId, 'ada', { email: 'ada@example.com', phone_number: '+15555550100' });
  return {
    auth,
    pool,
    discreet,
    begin: (USERNAME = 'ada', { ClientId } = pool) =>
      auth.api.initiateAuth({ AuthFlow: 'CUSTOM_AUTH', ClientId, AuthParameters: { USERNAME } }),
  };
}

/** Asks for the sum of two numbers until it is right, three times at most. */
export function askSum(auth: AuthApi): void {
  auth.on('DefineAuthChallenge', ({ request }) => {
    const session = request.session as ChallengeResult[];
    if (session.at(-1)?.challengeResult) return { issueTokens: true };
    return session.length < 3 ? { challengeName: 'CUSTOM_CHALLENGE' } : { failAuthentication: true };
  });
  auth.on('CreateAuthChallenge', ({ request }) => {
    const round = (request.session as ChallengeResult[]).length;
    return {
      publicChallengeParameters: { question: `2+${round}` },
      privateChallengeParameters: { sum: String(2 + round) },
      challengeMetadata: `round ${round}`,
    };
  });
  auth.on('VerifyAuthChallengeResponse', ({ request }) => ({
    answerCorrect:
      request.challengeAnswer === (request.privateChallengeParameters as Record<string, string>).sum,
  }));
}
