import type { AccessTokenClaims } from '../../../lib/cognito/claims.ts';
import type { SessionRow } from '../../../lib/data/tables.ts';
import type { LiveSession } from '../../../lib/session/current.ts';
import { sessionRow } from '../../../lib/session/registry.ts';
import type { Visitor } from '../../../lib/session/visitor.ts';
import { loopbackConfiguration } from '../../support/configuration.ts';
import { sessionOf } from '../../support/session-contents.ts';

/** Seconds since the epoch. */
export const start = 1_800_000_000;
export const config = loopbackConfiguration();

export const visitor: Visitor = { browser: 'Firefox', system: 'Linux', address: '192.0.2.7' };

/** A session of `sub` as a page's guard has it, of a browser that signed in at `openedAt`. */
export function liveSession(sub: string, openedAt = start): LiveSession {
  const access: AccessTokenClaims = {
    iss: config.issuer,
    sub,
    exp: openedAt + 3_600,
    iat: openedAt,
    auth_time: openedAt,
    origin_jti: crypto.randomUUID(),
    token_use: 'access',
    client_id: config.clientId,
    username: `name of ${sub}`,
  };
  const session = { ...sessionOf('no token', openedAt), sessionId: crypto.randomUUID(), claims: { sub } };
  return { session, access };
}

export const rowOf = ({ session, access }: LiveSession): SessionRow =>
  sessionRow(config, session, access, visitor, 'user pool');
