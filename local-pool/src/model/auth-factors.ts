import type { StoreContext } from '../store/database.ts';
import { listWebAuthnCredentials } from '../store/web-authn-credentials.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';

/**
 * What a user is set up to prove themselves with, of that which the pool takes (Cognito: GetUserAuthFactors).
 * @returns of `AuthFactorType`
 */
export function configuredAuthFactors(context: StoreContext, userPool: UserPool, user: User): string[] {
  const { attributes, details } = user;
  const has = {
    PASSWORD: user.srpVerifier !== undefined,
    EMAIL_OTP: Boolean(attributes.email),
    SMS_OTP: Boolean(attributes.phone_number),
    WEB_AUTHN: listWebAuthnCredentials(context, userPool.id, user.sub).length > 0,
  };
  const first = userPool.firstFactors.filter((factor) => has[factor]);
  return details.softwareToken ? [...first, 'SOFTWARE_TOKEN'] : first;
}
