import type { AppClient } from '../../model/app-client.ts';
import type { Refuse } from './refuse.ts';

/** `code` or `token`, and enabled for the client. */
export function requireResponseType(
  client: AppClient,
  responseType: string | undefined,
  refuse: Refuse,
): 'code' | 'token' {
  if (!responseType) throw refuse('invalid_request', 'response_type is missing');
  if (responseType !== 'code' && responseType !== 'token') throw refuse('unsupported_response_type');
  const flow = responseType === 'code' ? 'code' : 'implicit';
  if (!client.allowedOAuthFlows.includes(flow)) throw refuse('invalid_request', 'unauthorized_client');
  return responseType;
}
