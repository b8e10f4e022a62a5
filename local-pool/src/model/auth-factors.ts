import type { StoreContext } from '../store/database.ts';
import { hasPasskey } from '../store/users.ts';
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
    WEB_AUTHN: hasPasskey(context, userPool.id, user.sub),
  };
  const first = userPool.firstFactors.filter((factor) => has[factor]);
  return details.softwareToken ? [...first, 'SOFTWARE_TOKEN'] : first;
}
