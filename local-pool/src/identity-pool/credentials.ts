import { randomBytes, randomInt } from 'node:crypto';
import { secondsNow } from '../clock.ts';
import type { LocalPool } from '../local-pool.ts';
import { type Session, sealSession } from './session-token.ts';

/** Temporary credentials in the shape of AWS's, good for the local pool's own STS and nothing else. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Seconds since the epoch. */
  expiration: number;
}

/** Seconds (Cognito: Identity pools authentication flow). */
export const CREDENTIALS_DURATION = 3600;

/** Makes keys with a session token that says whose they are. @param duration seconds */
export function issueCredentials(
  pool: LocalPool,
  session: Omit<Session, 'accessKeyId' | 'expiration'>,
  duration: number,
): Credentials {
  const accessKeyId = `ASIA${Array.from({ length: 16 }, () => BASE32[randomInt(BASE32.length)]).join('')}`;
  const expiration = secondsNow(pool.clock) + duration;
  return {
    accessKeyId,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: sealSession(pool, { ...session, accessKeyId, expiration }),
    expiration,
  };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
