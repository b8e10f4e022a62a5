import { randomInt } from 'node:crypto';
import { region } from '../account.ts';

const LOWER_CASE = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ALL = `${LOWER_CASE}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

function random(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** A user pool ID in Cognito's form: region, underscore, nine letters and digits. */
export const newUserPoolId = (): string => `${region}_${random(9, ALL)}`;

/** An app client ID in Cognito's form: 26 lower-case letters and digits. */
export const newClientId = (): string => random(26, LOWER_CASE);

/** An app client secret in Cognito's form: 51 lower-case letters and digits. */
export const newClientSecret = (): string => random(51, LOWER_CASE);
