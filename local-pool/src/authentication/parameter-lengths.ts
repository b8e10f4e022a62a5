import { invalidParameter } from './refusals.ts';

/** Characters, as the shapes of the other operations have it (API reference: UsernameType, DeviceKeyType). */
const LONGEST = new Map([
  ['USERNAME', 128],
  ['DEVICE_KEY', 55],
]);
/** Characters. The longest honest values are a passkey's assertion and a custom challenge's answer. */
const LONGEST_OTHER = 8192;

/**
 * Refuses AuthParameters and ChallengeResponses that no honest client sends: the API model gives their values no useful
 * limit, and some of them are kept until the sign-in is over.
 * @throws CognitoError InvalidParameterException
 */
export function requireHonestLengths(parameters: Record<string, string>): void {
  for (const [name, value] of Object.entries(parameters)) {
    const most = LONGEST.get(name) ?? LONGEST_OTHER;
    if (value.length > most)
      throw invalidParameter(
        `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
      );
  }
}
