import { randomUUID } from 'node:crypto';
import type { AuthenticationMethod } from '../model/authentication-methods.ts';
import { methodsText, readMethods } from './authentication-methods.ts';
import type { StoreContext } from './database.ts';

/** One sign-in of a user at an app client and every token that descends from it; `originJti` names it in tokens. */
export interface TokenFamily {
  originJti: string;
  userPoolId: string;
  clientId: string;
  sub: string;
  scopes: string[];
  /** The access tokens' `aud`, where a resource was asked for. */
  resource?: string;
  /** The device that it began on, where the pool tracks devices. */
  deviceKey?: string;
  /** Whether it began at the hosted pages rather than at the API. */
  hosted: boolean;
  eventId: string;
  /** Milliseconds since the epoch: the interactive sign-in. */
  authTime: number;
  /** How the person signed in then; empty where that is not known. */
  methods: AuthenticationMethod[];
  /** Milliseconds since the epoch; rotation does not move it. */
  expiresAt: number;
  revoked: boolean;
}

/** An access token may outlive its family's refresh token by the longest validity, a day. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Begins a family. */
export function insertTokenFamily(
  { store, clock }: StoreContext,
  start: Omit<TokenFamily, 'originJti' | 'eventId' | 'revoked'>,
): TokenFamily {
  const family = { ...start, originJti: randomUUID(), eventId: randomUUID(), revoked: false };
  store.sql('DELETE FROM token_families WHERE expires_at <= ?').run(clock.now() - KEPT_MS);
  store
    .sql('INSERT INTO token_families VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)')
    .run(
      family.originJti,
      family.userPoolId,
      family.clientId,
      family.sub,
      family.deviceKey ?? null,
      family.scopes.join(' '),
      family.resource ?? null,
      family.hosted ? 1 : 0,
      family.eventId,
      family.authTime,
      family.expiresAt,
      methodsText(family.methods),
    );
  return family;
}

export function findTokenFamily({ store }: StoreContext, originJti: string): TokenFamily | undefined {
  const row = store.sql('SELECT * FROM token_families WHERE origin_jti = ?').get(originJti);
  if (!row) return undefined;
  return {
    originJti,
    userPoolId: String(row.user_pool_id),
    clientId: String(row.client_id),
    sub: String(row.sub),
    ...(row.device_key !== null && { deviceKey: String(row.device_key) }),
    scopes: String(row.scopes).split(' '),
    ...(row.resource !== null && { resource: String(row.resource) }),
    hosted: row.hosted === 1,
    eventId: String(row.event_id),
    authTime: Number(row.auth_time),
    expiresAt: Number(row.expires_at),
    revoked: row.revoked === 1,
    methods: readMethods(row.methods),
  };
}

/** The family of the sign-in that an `event_id` names. */
export function findTokenFamilyOfEvent(
  context: StoreContext,
  userPoolId: string,
  sub: string,
  eventId: string,
): TokenFamily | undefined {
  const row = context.store
    .sql('SELECT origin_jti FROM token_families WHERE user_pool_id = ? AND sub = ? AND event_id = ?')
    .get(userPoolId, sub, eventId);
  return row && findTokenFamily(context, String(row.origin_jti));
}

/** Ends a family: none of its refresh and access tokens is good any more. */
export function revokeTokenFamily({ store }: StoreContext, originJti: string): void {
  store.sql('UPDATE token_families SET revoked = 1 WHERE origin_jti = ?').run(originJti);
}

/** Ends every family of a user. */
export function revokeTokenFamiliesOfUser({ store }: StoreContext, userPoolId: string, sub: string): void {
  store.sql('UPDATE token_families SET revoked = 1 WHERE user_pool_id = ? AND sub = ?').run(userPoolId, sub);
}
