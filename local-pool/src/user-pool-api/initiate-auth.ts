import type { Attempt } from '../authentication/attempt.ts';
import { beginSignIn } from '../authentication/begin.ts';
import { refreshTokenAuth } from '../authentication/refresh.ts';
import { authAnswer, authenticationResult } from './auth-answer.ts';

interface InitiateAuthInput {
  AuthFlow: string;
  AuthParameters?: Record<string, string> | undefined;
  ClientMetadata?: Record<string, string> | undefined;
  Session?: string | undefined;
}

/** What InitiateAuth and its administrator's twin do alike. */
export async function initiateAuth(
  caller: Omit<Attempt, 'validationData' | 'clientMetadata'>,
  { AuthFlow, AuthParameters = {}, ClientMetadata = {}, Session }: InitiateAuthInput,
): Promise<object> {
  if (AuthFlow === 'REFRESH_TOKEN_AUTH' || AuthFlow === 'REFRESH_TOKEN') {
    const tokens = await refreshTokenAuth(caller, AuthParameters, ClientMetadata);
    return { ChallengeParameters: {}, AuthenticationResult: authenticationResult(tokens) };
  }
  const attempt: Attempt = { ...caller, validationData: ClientMetadata, clientMetadata: {} };
  return authAnswer(attempt, await beginSignIn(attempt, AuthFlow, AuthParameters, Session));
}
