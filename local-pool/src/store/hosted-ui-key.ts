import { randomBytes } from 'node:crypto';
import type { StoreContext } from './database.ts';

/** Where the key stands among the user pools' keys: under a name that no pool has. */
const OWNER = 'hosted-ui';
const NAME = 'pages';

/** What the hosted pages sign with, made on first use: a page that is open while the server restarts stays good. */
export function hostedUiKey({ store }: StoreContext): Uint8Array {
  store
    .sql('INSERT INTO signing_keys VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
    .run(OWNER, NAME, NAME, randomBytes(32).toString('base64url'));
  const row = store
    .sql('SELECT private_key FROM signing_keys WHERE user_pool_id = ? AND token_use = ?')
    .get(OWNER, NAME);
  return Buffer.from(String(row?.private_key), 'base64url');
}
