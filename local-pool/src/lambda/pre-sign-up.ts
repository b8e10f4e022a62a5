import { z } from 'zod';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { UserPool } from '../model/user-pool.ts';
import { flag } from './answer-shapes.ts';
import { runTrigger } from './run-trigger.ts';
import { unrecognizableOutput } from './unrecognizable-output.ts';

export type PreSignUpSource = 'PreSignUp_SignUp' | 'PreSignUp_AdminCreateUser' | 'PreSignUp_ExternalProvider';

export interface PreSignUpResult {
  autoConfirmUser: boolean;
  autoVerifyEmail: boolean;
  autoVerifyPhone: boolean;
}

const answer = z.object({ autoConfirmUser: flag, autoVerifyEmail: flag, autoVerifyPhone: flag });
const UNCHANGED: PreSignUpResult = {
  autoConfirmUser: false,
  autoVerifyEmail: false,
  autoVerifyPhone: false,
};

/**
 * Runs the pre sign-up trigger, which may refuse a new user by throwing, confirm them and verify their addresses.
 * The flags do not count for an administrator's users, and an identity provider's are confirmed without them.
 * @returns all false without a trigger
 * @throws CognitoError of the trigger; InvalidLambdaResponseException when it verifies an address that the user does
 *   not have (Cognito: Pre sign-up Lambda trigger).
 */
export async function runPreSignUp(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  source: PreSignUpSource,
  newUser: {
    username: string;
    attributes: Record<string, string>;
    validationData?: Record<string, string> | undefined;
    clientMetadata?: Record<string, string> | undefined;
  },
): Promise<PreSignUpResult> {
  const { username, attributes, validationData = null, clientMetadata = {} } = newUser;
  const request = { userAttributes: attributes, validationData, clientMetadata };
  const call = { source, userName: username, request, response: { ...UNCHANGED } };
  const result = await runTrigger(pool, userPool, client, 'PreSignUp', call, answer);
  if (!result) return { ...UNCHANGED };
  if (source !== 'PreSignUp_AdminCreateUser') {
    if (result.autoVerifyEmail && !attributes.email) throw unrecognizableOutput();
    if (result.autoVerifyPhone && !attributes.phone_number) throw unrecognizableOutput();
  }
  return result;
}
