import type { Clock } from './clock.ts';
import type { SigningKeys } from './keys.ts';
import type { AppClient } from './model/app-client.ts';
import type { UserPool } from './model/user-pool.ts';
import type { StoreContext } from './store/database.ts';
import type { Triggers } from './triggers.ts';

/** Everything that an endpoint, a hosted page or an API operation works with. */
export interface LocalPool extends StoreContext {
  /** Without a trailing slash: `http://localhost:9229`. */
  baseUrl: string;
  clock: Clock;
  userPool(id: string): UserPool | undefined;
  userPools(): UserPool[];
  appClient(id: string): AppClient | undefined;
  signingKeys(userPoolId: string): SigningKeys;
  triggers: Triggers;
  /** One line for the person at the terminal; never given a token, code, password or cookie. */
  log(line: string): void;
}
