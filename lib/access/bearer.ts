import type { AccessTokenClaims, IdTokenClaims } from '../cognito/claims.ts';
import { claimedUse, keyIdOf } from '../cognito/token-shape.ts';
import { tokenVerifier } from '../cognito/token-verifier.ts';
import { isHonoured } from '../cognito/user-info.ts';
import { config } from '../config.ts';
import { isSafeMethod } from '../http/methods.ts';
import { problem } from '../http/responses.ts';
import { tokenStanding } from '../session/standing.ts';
import { judge, type Policy } from './policy.ts';
import { type Principal, principalOfBearer, principalOfIdToken } from './principal.ts';

type Credentials = { kind: 'none' } | { kind: 'malformed' } | { kind: 'token'; token: string };

/**
 * RFC 6750 section 2.1, with the scheme in any case (RFC 9110 section 11.1), and with the asterisk that sealed cookies
 * have: one of those is a wrong token rather than a malformed header.
 */
const bearerCredentials = /^bearer ([\w~+/.*-]+=*)$/i;

/**
 * Reads the one place a token may stand in. Query, form and cookies are not looked at: a token there would be
 * logged or sent by a browser of its own accord. Two headers come joined by a comma (`markRequests`).
 */
export function readCredentials(headers: Headers): Credentials {
  const authorization = headers.get('authorization')?.trim();
  if (!authorization) return { kind: 'none' };
  const token = bearerCredentials.exec(authorization)?.[1];
  if (token) return { kind: 'token', token };
  const otherScheme = !/bearer|,/i.test(authorization);
  return otherScheme ? { kind: 'none' } : { kind: 'malformed' };
}

type TokenUse = 'access' | 'id';

/** What a token has to be, and whose, to be let in. */
export interface Requirement {
  readonly policy: Policy;
  /** Access tokens alone, unless it is said. An ID token has no scopes. */
  readonly accepts?: readonly TokenUse[];
}

/** A token that has been verified, without its text. */
type VerifiedToken = { readonly keyId: string } & (
  | { readonly use: 'access'; readonly claims: AccessTokenClaims }
  | { readonly use: 'id'; readonly claims: IdTokenClaims }
);

export interface Bearer {
  readonly principal: Principal;
  readonly token: VerifiedToken;
}

const invalidToken = (): Response => problem('invalid_token', { challenge: 'Bearer error="invalid_token"' });

async function verified(token: string, accepts: readonly TokenUse[]): Promise<Bearer | Response> {
  const { apiClientIds } = config();
  const keyId = keyIdOf(token) ?? '';
  if (accepts.includes('id') && claimedUse(token) === 'id') {
    const verdict = await tokenVerifier().idToken(token, apiClientIds);
    if (verdict.kind === 'unavailable') return problem('user_pool_unavailable');
    if (verdict.kind !== 'valid') return invalidToken();
    const { claims } = verdict;
    return { principal: principalOfIdToken(claims), token: { use: 'id', claims, keyId } };
  }
  if (!accepts.includes('access')) return invalidToken();
  const verdict = await tokenVerifier().accessToken(token, apiClientIds);
  if (verdict.kind === 'unavailable') return problem('user_pool_unavailable');
  if (verdict.kind !== 'valid') return invalidToken();
  const { claims } = verdict;
  return { principal: principalOfBearer(claims), token: { use: 'access', claims, keyId } };
}

/** @returns what is missing, as the challenge that says so; undefined when the policy is met */
function refusedBy(policy: Policy, principal: Principal): Response | undefined {
  switch (judge(policy, principal, Math.floor(Date.now() / 1_000))) {
    case 'allowed':
      return undefined;
    case 'forbidden':
      return problem('forbidden');
    case 'stale_sign_in':
      return problem('stale_sign_in', {
        challenge: `Bearer error="insufficient_user_authentication", max_age=${policy.signedInWithin}`,
        status: 401,
      });
    case 'second_factor_missing':
      return problem('second_factor_missing', {
        challenge: 'Bearer error="insufficient_user_authentication"',
        status: 401,
      });
    case 'insufficient_scope':
      return problem('insufficient_scope', {
        challenge: `Bearer error="insufficient_scope", scope="${policy.scopes?.join(' ')}"`,
      });
  }
}

/**
 * Lets a request of the API in by its bearer token, as API Gateway's Cognito authorizer does: a token of an allowed app
 * client, whose session has not ended, that meets the policy. Cookies count for nothing here. While the registry
 * cannot be asked, tokens are good for reading.
 * @returns who sent it; otherwise the refusal, with the challenge of RFC 6750 section 3 and a problem document
 */
export async function admit(request: Request, requirement: Requirement): Promise<Bearer | Response> {
  const { policy, accepts = ['access'] } = requirement;
  const credentials = readCredentials(request.headers);
  if (credentials.kind === 'none') return problem('invalid_token', { challenge: 'Bearer' });
  if (credentials.kind === 'malformed')
    return problem('bad_request', { challenge: 'Bearer error="invalid_request"' });

  const bearer = await verified(credentials.token, accepts);
  if (bearer instanceof Response) return bearer;
  const standing = await tokenStanding(bearer.token.claims);
  if (standing === 'ended') return invalidToken();
  if (standing === 'unknown' && !isSafeMethod(request.method)) return problem('database_unavailable');
  return refusedBy(policy, bearer.principal) ?? bearer;
}

/**
 * Asks the user pool about an access token that has been let in, because a revoked one verifies until it expires.
 * @returns the refusal; undefined where the user pool honours the token
 */
export async function unconfirmed(request: Request): Promise<Response | undefined> {
  const credentials = readCredentials(request.headers);
  if (credentials.kind !== 'token') return invalidToken();
  const honoured = await isHonoured(config(), credentials.token);
  if (honoured === undefined) return problem('user_pool_unavailable');
  return honoured ? undefined : invalidToken();
}
