import { CognitoError } from '../errors.ts';

/**
 * Runs one step of the user pool's rules and hands back a refusal as a value, so that a page can show its text.
 * Anything that is not a refusal is a fault and goes on as an exception.
 */
export async function refusalOf<T>(
  work: () => T | Promise<T>,
): Promise<{ value: T } | { refusal: CognitoError }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof CognitoError) return { refusal: error };
    throw error;
  }
}
