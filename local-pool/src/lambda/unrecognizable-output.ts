import { CognitoError } from '../errors.ts';

/** The refusal of an answer that a trigger may not give (Cognito: InvalidLambdaResponseException). */
export function unrecognizableOutput(): CognitoError {
  return new CognitoError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}
