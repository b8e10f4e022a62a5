import type { Attempt } from '../authentication/attempt.ts';
import type { HostedRequest } from './hosted-request.ts';

/** The sign-in that a posted form is a step of. */
export function hostedAttempt({ ui, userPool, client }: HostedRequest): Attempt {
  return {
    pool: ui.pool,
    userPool,
    client,
    admin: false,
    validationData: {},
    clientMetadata: {},
    ip: '127.0.0.1',
  };
}
