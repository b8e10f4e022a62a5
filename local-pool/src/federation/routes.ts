import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { showProblem } from '../hosted-ui/show-problem.ts';
import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from '../model/user-pool.ts';
import { answerSamlLogout } from '../oauth2/logout.ts';

/**
 * Bytes of the form. A signed response with hundreds of group memberships is smaller, and the time that the XML parser
 * takes for hostile namespaces grows with the square of the size.
 */
const LARGEST_SAML_RESPONSE = 100 * 1024;

type Endpoint = (context: Context, pool: LocalPool, userPool: UserPool) => Promise<Response>;

/** The protocols' libraries are read when a provider first answers: they would be half of every start. */
function whenFirstUsed(name: 'answerOidcResponse' | 'answerSamlResponse'): Endpoint {
  return async (...request) => (await import('./idp-response.ts'))[name](...request);
}

/** Adds the addresses at which identity providers hand the browser back. */
export function mountFederation(app: Hono, pool: LocalPool): void {
  const onDomain = (endpoint: Endpoint) => async (context: Context) => {
    const userPool = pool.userPool(context.req.param('userPoolId') ?? '');
    if (!userPool?.domain) return Response.json({ message: 'The user pool has no domain.' }, { status: 404 });
    return endpoint(context, pool, userPool);
  };
  const limit = bodyLimit({ maxSize: LARGEST_SAML_RESPONSE, onError: tooLarge });
  app.get('/:userPoolId/oauth2/idpresponse', onDomain(whenFirstUsed('answerOidcResponse')));
  app.post('/:userPoolId/saml2/idpresponse', limit, onDomain(whenFirstUsed('answerSamlResponse')));
  app.get('/:userPoolId/saml2/logout', onDomain(answerSamlLogout));
  app.post('/:userPoolId/saml2/logout', limit, onDomain(answerSamlLogout));
  const methodNotAllowed = () => new Response(null, { status: 405 });
  app.all('/:userPoolId/oauth2/idpresponse', methodNotAllowed);
  app.all('/:userPoolId/saml2/:endpoint{idpresponse|logout}', methodNotAllowed);
}

function tooLarge(context: Context): Promise<Response> {
  // The rest of the body is never read, so nothing more can be asked on this connection.
  context.header('Connection', 'close');
  return showProblem(context, undefined, 413, {
    heading: 'Invalid request',
    message: 'The SAML response is larger than this server accepts.',
  });
}
