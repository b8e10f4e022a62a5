import { z } from 'zod';

const identities = z.array(z.object({ providerName: z.string().min(1) })).min(1);
const methods = z.array(z.string());

/** Authentication methods (RFC 8176) by which a passkey is told, and by which a password. */
const passkey = ['hwk', 'swk', 'webauthn'];

/**
 * How a person signed in, from the claims of the ID token: `identities` names an identity provider (Cognito:
 * federation), `amr` the methods where the user pool tells (Cognito: Essentials and Plus tiers).
 * @returns the provider's name, `passkey` or `password`; `user pool` where the token does not say
 */
export function signedInBy(claims: Readonly<Record<string, unknown>>): string {
  const provider = identities.safeParse(claims.identities).data?.[0]?.providerName;
  if (provider) return provider;
  const amr = methods.safeParse(claims.amr).data ?? [];
  if (amr.some((method) => passkey.includes(method))) return 'passkey';
  return amr.includes('pwd') ? 'password' : 'user pool';
}
