import type { LocalPool } from '../local-pool.ts';
import { sendMessage } from './message.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';

export type InvitationMedium = 'SMS' | 'EMAIL';

/**
 * Sends a new user their name and temporary password, by each medium asked for that they have an address of; where
 * they have none of these, by the other, and to somebody without any address not at all.
 * @throws CognitoError of the custom message trigger (Cognito: AdminCreateUser, DesiredDeliveryMediums).
 */
export async function sendInvitation(
  pool: LocalPool,
  userPool: UserPool,
  user: User,
  password: string,
  {
    username,
    media,
    clientMetadata,
  }: {
    /** As the administrator typed it. */
    username: string;
    media: InvitationMedium[];
    clientMetadata?: Record<string, string> | undefined;
  },
): Promise<void> {
  for (const medium of reachable(user, media)) {
    await sendMessage(pool, userPool, undefined, user, {
      source: 'CustomMessage_AdminCreateUser',
      purpose: 'signUp',
      medium,
      destination: addressOf(user, medium),
      code: password,
      username,
      clientMetadata,
    });
  }
}

function reachable(user: User, media: InvitationMedium[]): InvitationMedium[] {
  const has = (medium: InvitationMedium) => addressOf(user, medium) !== '';
  const wanted = media.filter(has);
  if (wanted.length > 0) return wanted;
  const other = (['SMS', 'EMAIL'] as const).find(has);
  return other ? [other] : [];
}

function addressOf({ attributes }: User, medium: InvitationMedium): string {
  return (medium === 'SMS' ? attributes.phone_number : attributes.email) ?? '';
}
