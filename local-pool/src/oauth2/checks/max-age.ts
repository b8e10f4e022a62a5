import type { UserPool } from '../../model/user-pool.ts';
import type { Refuse } from './refuse.ts';

/**
 * `max_age`: how many seconds ago the person may have signed in at most (OpenID Connect Core 3.1.2.1). A pool that does
 * not tell how people signed in ignores it, as Cognito did before 2026 (Cognito: Authorize endpoint).
 */
export function requireMaxAge(
  { acrValues }: UserPool,
  query: URLSearchParams,
  refuse: Refuse,
): number | undefined {
  const maxAge = query.get('max_age');
  if (!acrValues || maxAge === null) return undefined;
  if (!/^\d{1,10}$/.test(maxAge)) throw refuse('invalid_request', 'max_age must be a number of seconds');
  return Number(maxAge);
}
