import type { Attempt, Step } from '../authentication/attempt.ts';
import { issueApiTokens } from '../authentication/finish.ts';
import type { IssuedTokens } from '../tokens.ts';

/** What InitiateAuth and RespondToAuthChallenge answer: the next challenge, or tokens (API reference: InitiateAuth). */
export async function authAnswer(attempt: Attempt, step: Step): Promise<object> {
  if (step.kind === 'challenge') {
    const { name, session, parameters, available } = step;
    return {
      ChallengeName: name,
      ...(session !== undefined && { Session: session }),
      ChallengeParameters: parameters,
      ...(available && { AvailableChallenges: available }),
    };
  }
  const { newDevice, ...tokens } = await issueApiTokens(attempt, step.user.sub, step.progress);
  return {
    ChallengeParameters: {},
    AuthenticationResult: {
      ...authenticationResult(tokens),
      ...(newDevice && {
        NewDeviceMetadata: { DeviceKey: newDevice.deviceKey, DeviceGroupKey: newDevice.deviceGroupKey },
      }),
    },
  };
}

/** API reference: AuthenticationResultType. */
export function authenticationResult(tokens: IssuedTokens & { refreshToken?: string | undefined }) {
  return {
    AccessToken: tokens.accessToken,
    ExpiresIn: tokens.expiresIn,
    TokenType: 'Bearer',
    ...(tokens.refreshToken !== undefined && { RefreshToken: tokens.refreshToken }),
    ...(tokens.idToken !== undefined && { IdToken: tokens.idToken }),
  };
}
