import { z } from 'zod';
import { findUser, signUserOut } from '../cognito/administration.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import { endByAdministrator } from './end-recorded.ts';
import { recordEvent } from './security-events.ts';
import { nobody } from './visitor.ts';

/** Whatever Cognito can have as a user name (Cognito: UsernameType). */
export const userName = z
  .string()
  .trim()
  .max(128)
  .regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u, 'No user can have this name.');

/** Why somebody is signed out, for them to read: one line of 1 to 200 characters. */
export const signOutNote = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'There is a control character, or half of a character.');

/**
 * Signs a person out everywhere on an administrator's word: sessions, tokens issued until now, and the refresh tokens at
 * the user pool. The registry is asked before the user pool: when it cannot record the end, nothing has happened.
 * @param note why, for the person to read
 * @param administrator their `sub`, for the log
 * @returns whether the note could be recorded, and whether the user pool confirmed the revocation
 * @throws AppError `unknown_user`, `database_unavailable`, and those of the user pool's administration
 */
export async function signOutByAdministrator(
  settings: Config,
  username: string,
  note: string,
  administrator: string,
): Promise<{ noted: boolean; revoked: boolean }> {
  const user = await findUser(settings, username);
  const { sub } = user;
  await endByAdministrator(sub);
  const event = { sub, kind: 'signed out by administrator', detail: note } as const;
  const [recorded, signedOut] = await Promise.allSettled([
    recordEvent(event, nobody),
    signUserOut(settings, user),
  ]);
  const outcome = { noted: recorded.status === 'fulfilled', revoked: signedOut.status === 'fulfilled' };
  log('info', 'signed_out_by_administrator', { administrator, sub, ...outcome });
  return outcome;
}
