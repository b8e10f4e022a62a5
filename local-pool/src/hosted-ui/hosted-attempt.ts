import type { Attempt } from '../authentication/attempt.ts';
import { remoteAddress } from '../remote-address.ts';
import type { HostedRequest } from './hosted-request.ts';

/** The sign-in that a posted form is a step of. */
export function hostedAttempt({ context, ui, userPool, client }: HostedRequest): Attempt {
  return {
    pool: ui.pool,
    userPool,
    client,
    admin: false,
    validationData: {},
    clientMetadata: {},
    ip: remoteAddress(context),
  };
}
