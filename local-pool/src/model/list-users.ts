import { z } from 'zod';
import { CognitoError } from '../errors.ts';
import type { StoreContext } from '../store/database.ts';
import { digest } from '../store/digest.ts';
import { listUsers } from '../store/user-list.ts';
import type { User } from './user.ts';
import { parseUserFilter, type UserFilter } from './user-filter.ts';
import { normaliseName } from './user-names.ts';
import type { UserPool } from './user-pool.ts';

export interface UserPage {
  users: User[];
  /** Absent on the last page. */
  next?: string;
}

/** An hour (API reference: ListUsers, PaginationToken). */
const TOKEN_LIFETIME_MS = 60 * 60 * 1000;
const LARGEST_PAGE = 60;

/**
 * A page of a pool's users, in the order of creation.
 * @param limit at most 60; 0 or absent = 60
 * @param token `next` of the page before, of the same pool and filter
 * @throws CognitoError InvalidParameterException for a filter or token that cannot be read (Cognito: ListUsers).
 */
export function pageOfUsers(
  context: StoreContext,
  userPool: UserPool,
  {
    filter = '',
    limit,
    token,
  }: { filter?: string | undefined; limit?: number | undefined; token?: string | undefined },
): UserPage {
  const parsed = parseUserFilter(filter);
  const query = digest(`${userPool.id} ${filter}`);
  const after = token === undefined ? 0 : placeOf(context, token, query);
  const size = limit || LARGEST_PAGE;
  const rows = listUsers(context, userPool.id, parsed && asStored(userPool, parsed), {
    after,
    limit: size + 1,
  });
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    users: page.map(({ user }) => user),
    ...(rows.length > size && last && { next: tokenOf(context, last.place, query) }),
  };
}

/** Names that sign in are kept in a form of their own, and statuses are in capitals. */
function asStored(userPool: UserPool, filter: UserFilter): UserFilter {
  switch (filter.name) {
    case 'email':
    case 'preferred_username':
      return { ...filter, value: normaliseName(userPool, filter.value) };
    case 'cognito:user_status':
      return { ...filter, value: filter.value.toUpperCase() };
    default:
      return filter;
  }
}

const pageToken = z.strictObject({
  after: z.number().int().min(1),
  query: z.string(),
  expiresAt: z.number(),
});

function tokenOf({ clock }: StoreContext, after: number, query: string): string {
  const expiresAt = clock.now() + TOKEN_LIFETIME_MS;
  return Buffer.from(JSON.stringify({ after, query, expiresAt })).toString('base64url');
}

function placeOf({ clock }: StoreContext, token: string, query: string): number {
  const parsed = pageToken.safeParse(readJson(token));
  if (!parsed.success || parsed.data.query !== query || parsed.data.expiresAt <= clock.now())
    throw new CognitoError('InvalidParameterException', 'Invalid pagination token');
  return parsed.data.after;
}

function readJson(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
}
