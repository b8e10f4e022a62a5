import type { ChallengeName } from '../authentication/attempt.ts';
import type { AuthenticationMethod } from '../model/authentication-methods.ts';
import { readSignedValue, signValue } from './signed-value.ts';

/**
 * What one page tells the next through a signed cookie, so that no user name and no session stands in an address.
 * It is signed because `provenSub` lets the confirmation page sign the person in, and `problem` is shown as it is.
 */
export interface PageData {
  username: string;
  /** The masked address that a code went to. */
  destination?: string;
  /** The `sub` of the user who has just proven in this browser who they are, and by what. */
  provenSub?: string | undefined;
  provenBy?: AuthenticationMethod[];
  /** What the person has to prove next. The session is theirs to hold, and out of addresses. */
  challenge?: { name: ChallengeName; session: string };
  /** Why the sign-in must begin again, for the sign-in page to say once. */
  problem?: string;
}

/** Seconds. Long enough for a message to arrive; Cognito gives its sessions between steps 3 to 15 minutes. */
export const pageDataLifetime: number = 15 * 60;

function purpose(userPoolId: string): string {
  return `page-data ${userPoolId}`;
}

/** The cookie value for `data`, good for `pageDataLifetime` seconds from `now` (milliseconds). */
export function sealPageData(key: Uint8Array, userPoolId: string, data: PageData, now: number): string {
  const text = JSON.stringify({ ...data, expiresAt: now + pageDataLifetime * 1000 });
  return signValue(key, purpose(userPoolId), Buffer.from(text).toString('base64url'));
}

/** The data of a cookie value, or undefined when there is none, it is not ours, or it is too old. */
export function openPageData(
  key: Uint8Array,
  userPoolId: string,
  value: string | undefined,
  now: number,
): PageData | undefined {
  const text = readSignedValue(key, purpose(userPoolId), value);
  if (text === undefined) return undefined;
  const { expiresAt, ...data }: PageData & { expiresAt: number } = JSON.parse(
    Buffer.from(text, 'base64url').toString('utf8'),
  );
  return now < expiresAt ? data : undefined;
}
