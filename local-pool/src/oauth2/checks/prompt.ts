import type { UserPool } from '../../model/user-pool.ts';
import type { AuthorizeRequest } from '../authorize-request.ts';
import type { Refuse } from './refuse.ts';
import { splitScope } from './scopes.ts';

const VALUES = ['none', 'login', 'select_account', 'consent'] as const;

/** The words of `prompt`; classic hosted pages know none of them (Cognito: Authorize endpoint). */
export function requirePrompt(
  userPool: UserPool,
  query: URLSearchParams,
  refuse: Refuse,
): AuthorizeRequest['prompt'] {
  if (userPool.domain?.managedLoginVersion !== 2) return [];
  const words = splitScope(query.get('prompt'));
  const prompt = VALUES.filter((value) => words.includes(value));
  if (prompt.length !== words.length) throw refuse('invalid_request', 'prompt has an unknown value');
  if (prompt.includes('none') && prompt.length > 1)
    throw refuse('invalid_request', 'prompt none stands alone');
  return prompt;
}
