import { tokenVerifier } from '../cognito/token-verifier.ts';
import { config } from '../config.ts';
import { isSafeMethod } from '../http/methods.ts';
import { problem } from '../http/responses.ts';
import { tokenStanding } from '../session/standing.ts';
import { judge, type Policy } from './policy.ts';
import { type Principal, principalOfBearer } from './principal.ts';

type Credentials = { kind: 'none' } | { kind: 'malformed' } | { kind: 'token'; token: string };

/**
 * RFC 6750 section 2.1, with the scheme in any case (RFC 9110 section 11.1), and with the asterisk that sealed cookies
 * have: one of those is a wrong token rather than a malformed header.
 */
const bearerCredentials = /^bearer ([\w~+/.*-]+=*)$/i;

/**
 * Reads the one place a token may stand in. Query, form and cookies are not looked at: a token there would be
 * logged or sent by a browser of its own accord. Of two headers Node.js hands on the first; elsewhere they come joined
 * by a comma.
 */
export function readCredentials(headers: Headers): Credentials {
  const authorization = headers.get('authorization')?.trim();
  if (!authorization) return { kind: 'none' };
  const token = bearerCredentials.exec(authorization)?.[1];
  if (token) return { kind: 'token', token };
  const otherScheme = !/bearer|,/i.test(authorization);
  return otherScheme ? { kind: 'none' } : { kind: 'malformed' };
}

type Handler<Context extends unknown[]> = (
  principal: Principal,
  request: Request,
  ...context: Context
) => Response | Promise<Response>;

/**
 * Wraps a route handler of the API: it runs only for an access token of an allowed app client that meets the
 * policy, and is told who sent it. Everything else is answered with the challenge of RFC 6750 section 3 and a
 * problem document. A token of a session that has ended is refused; while the registry cannot be asked, tokens are good
 * for reading. Cookies count for nothing here.
 * @param handler is told besides what Next.js knows of the route: its parameters
 */
export function withBearer<Context extends unknown[] = []>(
  policy: Policy,
  handler: Handler<Context>,
): (request: Request, ...context: Context) => Promise<Response> {
  return async (request, ...context) => {
    const credentials = readCredentials(request.headers);
    if (credentials.kind === 'none') return problem('invalid_token', 'Bearer');
    if (credentials.kind === 'malformed') return problem('bad_request', 'Bearer error="invalid_request"');

    const verdict = await tokenVerifier().accessToken(credentials.token, config().apiClientIds);
    if (verdict.kind === 'unavailable') return problem('user_pool_unavailable');
    if (verdict.kind !== 'valid') return problem('invalid_token', 'Bearer error="invalid_token"');
    const standing = await tokenStanding(verdict.claims);
    if (standing === 'ended') return problem('invalid_token', 'Bearer error="invalid_token"');
    if (standing === 'unknown' && !isSafeMethod(request.method)) return problem('database_unavailable');

    const principal = principalOfBearer(verdict.claims);
    switch (judge(policy, principal, Math.floor(Date.now() / 1_000))) {
      case 'allowed':
        return await handler(principal, request, ...context);
      case 'forbidden':
        return problem('forbidden');
      case 'stale_sign_in':
        return problem(
          'stale_sign_in',
          `Bearer error="insufficient_user_authentication", max_age=${policy.signedInWithin}`,
          401,
        );
      case 'second_factor_missing':
        return problem('second_factor_missing', 'Bearer error="insufficient_user_authentication"', 401);
      case 'insufficient_scope':
        return problem(
          'insufficient_scope',
          `Bearer error="insufficient_scope", scope="${policy.scopes?.join(' ')}"`,
        );
    }
  };
}
