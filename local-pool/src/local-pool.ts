import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { Quirks } from './quirks.ts';
import type { StoreContext } from './store/database.ts';
import type { Triggers } from './triggers.ts';

/** Everything that an endpoint, a hosted page or an API operation works with. */
export interface LocalPool extends StoreContext, Directory {
  /** Without a trailing slash: `http://localhost:9229`. */
  baseUrl: string;
  clock: Clock;
  triggers: Triggers;
  quirks: Quirks;
  /** One line for the person at the terminal; never given a token, code, password or cookie. */
  log(line: string): void;
}
