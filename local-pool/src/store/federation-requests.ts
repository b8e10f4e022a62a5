import { randomBytes } from 'node:crypto';
import type { StoreContext } from './database.ts';
import { digest } from './digest.ts';

/** A browser that is away at an identity provider. */
export interface FederationRequest {
  userPoolId: string;
  providerName: string;
  purpose: 'sign-in' | 'sign-out';
  /** The query of the app client's request at `/oauth2/authorize` or `/logout`. */
  query: string;
  /** What the provider's answer must repeat: the nonce of an ID token, the ID of an AuthnRequest. */
  proof: string;
}

/** The round trip to the provider must be over in five minutes (Cognito: third-party provider sign-in). */
const LIFETIME_MS = 5 * 60 * 1000;

/**
 * Keeps a request until the browser comes back.
 * @param browser the value of the browser's cookie, kept only as a hash
 * @returns the state (OIDC) or relay state (SAML) that stands for it, kept only as a hash
 */
export function insertFederationRequest(
  { store, clock }: StoreContext,
  request: FederationRequest,
  browser: string,
): string {
  const state = randomBytes(32).toString('base64url');
  const now = clock.now();
  store.sql('DELETE FROM federation_requests WHERE expires_at <= ?').run(now);
  store
    .sql('INSERT INTO federation_requests VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      digest(state),
      request.userPoolId,
      digest(browser),
      request.providerName,
      request.query,
      request.purpose,
      request.proof,
      now + LIFETIME_MS,
    );
  return state;
}

/**
 * Takes the request of a state out of the store, so that it is answered once. Another browser, another pool or a late
 * answer finds nothing and takes nothing.
 */
export function takeFederationRequest(
  { store, clock }: StoreContext,
  userPoolId: string,
  purpose: FederationRequest['purpose'],
  state: string,
  browser: string,
): FederationRequest | undefined {
  const row = store
    .sql(
      `DELETE FROM federation_requests WHERE state_hash = ? AND user_pool_id = ? AND purpose = ? AND browser_hash = ?
         AND expires_at > ? RETURNING *`,
    )
    .get(digest(state), userPoolId, purpose, digest(browser), clock.now());
  return (
    row && {
      userPoolId,
      providerName: String(row.provider_name),
      purpose,
      query: String(row.query),
      proof: String(row.proof),
    }
  );
}
