import type { User } from '../model/user.ts';
import type { FilterName, UserFilter } from '../model/user-filter.ts';
import type { StoreContext } from './database.ts';
import { toUser } from './users.ts';

/** A user with their place in the order of creation, from which a next page goes on. */
export interface ListedUser {
  user: User;
  place: number;
}

const attribute = (name: string): string => `json_extract(attributes, '$.${name}')`;

const COLUMNS: Record<Exclude<FilterName, 'status'>, string> = {
  username: 'username',
  sub: 'sub',
  'cognito:user_status': 'status',
  email: attribute('email'),
  phone_number: attribute('phone_number'),
  name: attribute('name'),
  given_name: attribute('given_name'),
  family_name: attribute('family_name'),
  preferred_username: attribute('preferred_username'),
};

/** What `enabled` 0 and 1 are called. */
const STATES = ['Disabled', 'Enabled'];

/**
 * Users of a pool in the order in which they were created.
 * @param filter with its value in the form in which the store keeps such values
 * @param after the place after which to begin; 0 = at the first
 */
export function listUsers(
  { store }: StoreContext,
  userPoolId: string,
  filter: UserFilter | undefined,
  { after, limit }: { after: number; limit: number },
): ListedUser[] {
  const { condition, values } = conditionOf(filter);
  return store
    .sql(
      `SELECT rowid AS place, * FROM users WHERE user_pool_id = ? AND rowid > ? ${condition} ORDER BY rowid LIMIT ?`,
    )
    .all(userPoolId, after, ...values, limit)
    .flatMap((row) => {
      const user = toUser(row);
      return user ? [{ user, place: Number(row.place) }] : [];
    });
}

/** The users of a pool that were created last, the newest first. */
export function listNewestUsers({ store }: StoreContext, userPoolId: string, limit: number): User[] {
  return store
    .sql('SELECT * FROM users WHERE user_pool_id = ? ORDER BY rowid DESC LIMIT ?')
    .all(userPoolId, limit)
    .flatMap((row) => toUser(row) ?? []);
}

function conditionOf(filter: UserFilter | undefined): { condition: string; values: (string | number)[] } {
  if (!filter) return { condition: '', values: [] };
  const { name, operator, value } = filter;
  if (name === 'status') {
    const enabled = STATES.flatMap((state, flag) =>
      (operator === '=' ? state === value : state.startsWith(value)) ? flag : [],
    );
    return { condition: `AND enabled IN (${enabled.join(', ')})`, values: [] };
  }
  const column = COLUMNS[name];
  // The last code point ends the range of everything that begins with the value: so an index finds it.
  return operator === '='
    ? { condition: `AND ${column} = ?`, values: [value] }
    : { condition: `AND ${column} >= ? AND ${column} < ?`, values: [value, `${value}\u{10ffff}`] };
}
