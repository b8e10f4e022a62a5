import { z } from 'zod';
import type { Config } from '../config.ts';
import { deadlineFetch } from '../http/deadline-fetch.ts';
import { log } from '../log.ts';
import { endpoints } from './endpoints.ts';

type ApiOutcome =
  | { kind: 'done' }
  /** `error` is the name of the exception; `message` is the user pool's, for telling two refusals apart. */
  | { kind: 'refused'; error: string; message: string }
  | { kind: 'unanswered'; reason: string };

/** The protocol allows a namespace before the name (AWS JSON 1.1: operation error serialization). */
const refusal = z.object({
  __type: z.string().transform((type) => type.split('#').at(-1) ?? ''),
  message: z.string().default(''),
});

async function send(config: Config, operation: string, input: object): Promise<ApiOutcome> {
  try {
    const response = await deadlineFetch(endpoints(config).api, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(input),
    });
    if (response.status === 200) return { kind: 'done' };
    const refused = refusal.safeParse(await response.json().catch(() => undefined));
    if (response.status >= 500 || !refused.success)
      return { kind: 'unanswered', reason: `${response.status}` };
    return { kind: 'refused', error: refused.data.__type, message: refused.data.message };
  } catch (error) {
    return { kind: 'unanswered', reason: error instanceof Error ? error.message : 'unknown' };
  }
}

/**
 * Calls an operation of the user pool's JSON API that the person's access token authorizes, within 5,000 milliseconds
 * and without a second try (Cognito: API reference). What the operation answers is of no interest here.
 * @param operation its name, as `GlobalSignOut`
 * @returns how it ended, which is in the log unless it is done; an answer that is no refusal in the API's own form
 * says nothing about the request
 */
export async function callUserPool(config: Config, operation: string, input: object): Promise<ApiOutcome> {
  const outcome = await send(config, operation, input);
  if (outcome.kind === 'refused') log('warn', 'user_pool_refused', { operation, reason: outcome.error });
  if (outcome.kind === 'unanswered')
    log('warn', 'user_pool_unanswered', { operation, reason: outcome.reason });
  return outcome;
}
