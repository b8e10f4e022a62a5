import { OAuthError } from '../../errors.ts';
import type { LocalPool } from '../../local-pool.ts';
import type { AppClient } from '../../model/app-client.ts';
import { mayStaySignedIn } from '../../model/hosted-standing.ts';
import type { User } from '../../model/user.ts';
import {
  findAuthorizationCode,
  markCodeUsed,
  type StoredAuthorizationCode,
} from '../../store/authorization-codes.ts';
import { issueRefreshToken } from '../../store/refresh-tokens.ts';
import { insertTokenFamily, revokeTokenFamily, type TokenFamily } from '../../store/token-families.ts';
import { findUser } from '../../store/users.ts';
import { issueUserTokens } from '../../tokens.ts';
import { fitsChallenge, requireVerifierForm } from '../checks/code-verifier.ts';
import { requireParameter } from '../checks/form-body.ts';
import type { Grant } from './grant.ts';
import { tokenResponse } from './token-response.ts';

interface Redeemed {
  code: StoredAuthorizationCode;
  user: User;
  family: TokenFamily;
  refreshToken: string;
}

/** `grant_type=authorization_code` (Cognito: Token endpoint; RFC 6749 section 4.1.3, RFC 7636 section 4.6). */
export const authorizationCodeGrant: Grant = async (pool, userPool, client, form) => {
  if (!client.allowedOAuthFlows.includes('code')) throw new OAuthError('unauthorized_client');
  const value = requireParameter(form, 'code');
  requireVerifierForm(form.get('code_verifier'));

  // One transaction from finding the code to marking it, so that of parallel exchanges only one can win. It gives an
  // error back rather than throwing it, because throwing would undo the marking.
  const redeemed = pool.store.transaction(() => redeem(pool, client, value, form));
  if (redeemed instanceof OAuthError) throw redeemed;
  const { code, user, family, refreshToken } = redeemed;
  const subject = { userPool, client, user, family };
  try {
    const tokens = await issueUserTokens(pool, subject, 'TokenGeneration_HostedAuth', { nonce: code.nonce });
    return tokenResponse(tokens, refreshToken);
  } catch (error) {
    revokeTokenFamily(pool, family.originJti);
    throw error;
  }
};

function redeem(
  pool: LocalPool,
  client: AppClient,
  value: string,
  form: URLSearchParams,
): Redeemed | OAuthError {
  const code = findAuthorizationCode(pool, value);
  // A stranger's try must not spend the code of the client that it belongs to.
  if (!code || code.clientId !== client.clientId) return new OAuthError('invalid_grant');
  if (code.used) {
    if (code.originJti) revokeTokenFamily(pool, code.originJti);
    return new OAuthError('invalid_grant');
  }
  const user = findUser(pool, code.userPoolId, code.sub);
  const refusal = judge(pool, code, user, form);
  if (refusal || !user) {
    markCodeUsed(pool, value);
    return refusal ?? new OAuthError('invalid_grant');
  }
  const { userPoolId, clientId, sub, scopes, authTime, methods, resource } = code;
  const expiresAt = pool.clock.now() + client.validity.refresh * 1000;
  const family = insertTokenFamily(pool, {
    userPoolId,
    clientId,
    sub,
    scopes,
    hosted: true,
    authTime,
    methods,
    expiresAt,
    ...(resource !== undefined && { resource }),
  });
  markCodeUsed(pool, value, family.originJti);
  return { code, user, family, refreshToken: issueRefreshToken(pool, family.originJti) };
}

function judge(
  pool: LocalPool,
  code: StoredAuthorizationCode,
  user: User | undefined,
  form: URLSearchParams,
): OAuthError | undefined {
  if (code.expiresAt <= pool.clock.now() || !user || !hasStanding(user))
    return new OAuthError('invalid_grant');
  if (form.get('redirect_uri') !== code.redirectUri)
    return new OAuthError('unauthorized_client', 'invalid_redirect');
  if (!fitsChallenge(form.get('code_verifier'), code.codeChallenge)) return new OAuthError('invalid_grant');
  return undefined;
}

/** A code does not say who vouched for the user: it takes one who still does. */
function hasStanding(user: User): boolean {
  const providers = (user.details.identities ?? []).map(({ providerName }) => providerName);
  return ['COGNITO', ...providers].some((provider) => mayStaySignedIn(user, provider));
}
