import { callbackUrl, endpoints, SIGN_IN_SCOPES } from '../../../lib/cognito/endpoints.ts';
import type { Config } from '../../../lib/config.ts';
import { type Check, ok, problem, type Result, warning } from '../finding.ts';
import type { UserPoolSubject } from '../user-pool.ts';

const DEADLINE_MS = 5_000;

/** A request such as the application's own; the challenge is the one of RFC 7636 appendix B. */
const authorizationRequest = (config: Config): string =>
  `${endpoints(config).authorization}?${new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: callbackUrl(config),
    scope: SIGN_IN_SCOPES,
    state: 'doctor',
    nonce: 'doctor',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })}`;

/** An error of the callback: client and callback URL are right, something else is not. Both forms of Cognito's occur. */
function refusedRequest(query: URLSearchParams): Result {
  const words = [query.get('error'), query.get('error_description')].filter(Boolean).join(' ');
  if (words.includes('invalid_scope'))
    return problem(
      'the app client is not allowed the scopes of a sign-in',
      `Allow it ${SIGN_IN_SCOPES.split(' ').join(', ')}.`,
    );
  if (words.includes('unauthorized_client'))
    return problem(
      'the app client is not allowed the authorization code grant',
      'Allow it this grant (AllowedOAuthFlows: code).',
    );
  return problem(
    `the authorization request is refused: ${words.slice(0, 100)}`,
    'Compare the settings of the app client with infra/template.yaml.',
  );
}

/** The page that Cognito shows when it will not send the browser back. */
function refusedClient(config: Config, error: string | null): Result {
  if (error === 'redirect_mismatch')
    return problem(
      `${callbackUrl(config)} is not among the callback URLs of the app client`,
      'Add it, letter by letter.',
    );
  return problem(
    `the hosted UI refuses the app client ${config.clientId}${error ? ` (${error.slice(0, 100)})` : ''}`,
    'Compare COGNITO_CLIENT_ID with the user pool. The app client needs the hosted UI enabled (AllowedOAuthFlowsUserPoolClient), an identity provider and, with managed login, a branding.',
  );
}

/** The user pool's first answer to a sign-in; it is not followed, so that no sign-in begins. */
export const signIn: Check<UserPoolSubject> = {
  name: 'sign-in',
  async examine({ config }) {
    const response = await fetch(authorizationRequest(config), {
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
    }).catch(() => undefined);
    await response?.body?.cancel();
    if (!response || response.status === 404 || response.status >= 500)
      return problem(
        `there is no hosted UI at ${config.domain}${response ? ` (status ${response.status})` : ''}`,
        'Compare COGNITO_DOMAIN with the domain of the user pool.',
      );
    const location = URL.parse(response.headers.get('location') ?? '', endpoints(config).authorization);
    if (response.status >= 400 || !response.headers.has('location') || !location)
      return refusedClient(config, `status ${response.status}`);
    if (location.href.startsWith(`${callbackUrl(config)}?`)) return refusedRequest(location.searchParams);
    if (location.pathname.endsWith('/error'))
      return refusedClient(config, location.searchParams.get('error'));
    const origin = location.origin;
    if (origin !== new URL(config.domain).origin && !config.signInOrigins.includes(origin))
      return warning(
        `sign-ins are sent straight on to ${origin}`,
        'Add it to SIGN_IN_ORIGINS, or browsers stop at the sign-in form: they count the redirects of a form.',
      );
    return ok('the hosted UI takes the app client, its callback URL and its scopes');
  },
};
