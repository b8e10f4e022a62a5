import type { StoreContext } from './database.ts';

/**
 * Remembers an assertion until it has expired.
 * @param expiresAt milliseconds since the epoch
 * @returns false when it was presented before (SAML 2.0 Profiles section 4.1.4.5: replay)
 */
export function rememberSamlAssertion(
  { store, clock }: StoreContext,
  userPoolId: string,
  providerName: string,
  assertionId: string,
  expiresAt: number,
): boolean {
  store.sql('DELETE FROM saml_assertions WHERE expires_at <= ?').run(clock.now());
  return (
    store
      .sql('INSERT INTO saml_assertions VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(userPoolId, providerName, assertionId, expiresAt).changes === 1
  );
}
