import { createHash } from 'node:crypto';
import { region } from '../account.ts';

export { accountId, region } from '../account.ts';

const CLIENT_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const POOL_ALPHABET = `${CLIENT_ALPHABET}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** The same text for the same stack and resource, so that a restart changes no address. */
function derived(seed: string, length: number, alphabet: string): string {
  const bytes = createHash('sha512').update(seed).digest();
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** A user pool ID in Cognito's form: region, underscore, nine characters. */
export const derivedUserPoolId = (seed: string): string =>
  `${region}_${derived(`pool/${seed}`, 9, POOL_ALPHABET)}`;

/** An app client ID in Cognito's form: 26 lower-case letters and digits. */
export const derivedClientId = (seed: string): string => derived(`client/${seed}`, 26, CLIENT_ALPHABET);

/** An app client secret in Cognito's form: 51 lower-case letters and digits. No secret to anyone who has the template. */
export const derivedClientSecret = (seed: string): string => derived(`secret/${seed}`, 51, CLIENT_ALPHABET);
