import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { StoreContext } from '../store/database.ts';
import { findIdentityPoolKey, keepIdentityPoolKey } from '../store/identity-pool-keys.ts';
import type { PrincipalTags } from './open-id-token.ts';

/** What a session token of local credentials says, readable by anyone and sealed by the local pool. */
export interface Session {
  accessKeyId: string;
  roleArn: string;
  roleSessionName: string;
  identityId: string;
  identityPoolId: string;
  principalTags: PrincipalTags;
  /** Seconds since the epoch. */
  expiration: number;
}

const MARK = 'cabana-local';

/** `cabana-local.{base64url JSON}.{HMAC-SHA256}`: nobody can take it for one that AWS would accept. */
export function sealSession(context: StoreContext, session: Session): string {
  const content = `${MARK}.${Buffer.from(JSON.stringify(session)).toString('base64url')}`;
  return `${content}.${signature(context, content).toString('base64url')}`;
}

/** What a session token says. @returns undefined for a token that this local pool did not seal */
export function openSession(context: StoreContext, token: string): Session | undefined {
  const [mark, payload = '', seal = '', ...rest] = token.split('.');
  if (mark !== MARK || rest.length > 0) return undefined;
  const expected = signature(context, `${mark}.${payload}`);
  const given = Buffer.from(seal, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Session;
}

function signature(context: StoreContext, content: string): Buffer {
  const key =
    findIdentityPoolKey(context, 'sts') ??
    keepIdentityPoolKey(context, 'sts', randomBytes(32).toString('hex'));
  return createHmac('sha256', Buffer.from(key, 'hex')).update(content).digest();
}
