import * as client from 'openid-client';
import { OAuthError } from '../../errors.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import { federationError } from '../federation-error.ts';

/** Which of the provider's endpoints was called. */
export type ProviderStep = 'discovery' | 'token' | 'userinfo';

/**
 * What went wrong with a provider, in the words that the app client gets (Cognito: managed login error responses).
 * @returns an OAuthError; a fault of our own is given back as it is
 */
export function asFederationError({ name }: IdentityProvider, step: ProviderStep, error: unknown): unknown {
  if (error instanceof OAuthError) return error;
  if (error instanceof client.AuthorizationResponseError)
    return federationError(
      error.error_description ?? error.error,
      error.error === 'access_denied' ? 'access_denied' : 'invalid_request',
    );
  if (error instanceof client.ResponseBodyError)
    return federationError(`${name} Error - ${error.status} ${error.error_description ?? error.error}`);
  if (error instanceof client.WWWAuthenticateChallengeError)
    return federationError(`${name} Error - ${error.status}`);
  if (error instanceof client.ClientError && error.code === 'OAUTH_TIMEOUT')
    return federationError(`Timeout occurred in calling IdP ${step} endpoint`);
  const reason = socketTrouble(error);
  if (reason !== undefined) return federationError(reason);
  return isOfProtocol(error) ? federationError(`${name} Error - ${judgement(error)}`) : error;
}

/** Whether openid-client refuses an answer, or what the details and discovery say of the provider. */
function isOfProtocol(error: unknown): error is Error {
  if (error instanceof client.ClientError) return true;
  return error instanceof Error && 'code' in error && /^(OAUTH_|ERR_INVALID_ARG_)/.test(String(error.code));
}

/** The codes of Node's sockets, which fetch hides in the cause of a TypeError. */
function socketTrouble(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause as { code?: unknown; name?: string } | undefined) : {};
  if (cause?.name === 'TimeoutError') return 'Read timed out';
  if (cause?.code === 'ECONNRESET' || cause?.code === 'UND_ERR_SOCKET') return 'Connection reset';
  return error instanceof TypeError && error.message === 'fetch failed' ? 'Connection refused' : undefined;
}

/** openid-client says in general what it refuses, and its cause what exactly; neither holds a token. */
function judgement(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
}
