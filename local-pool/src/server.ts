import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { answerAwsJson } from './aws-json/answer.ts';
import { preflight } from './aws-json/cors.ts';
import { OAuthError } from './errors.ts';
import { mountFederation } from './federation/routes.ts';
import { showOverview } from './hosted-ui/overview.ts';
import { mountHostedUi } from './hosted-ui/routes.ts';
import { openIdKey } from './identity-pool/signing-key.ts';
import type { LocalPool } from './local-pool.ts';
import type { UserPool } from './model/user-pool.ts';
import { answerAuthorize } from './oauth2/authorize-endpoint.ts';
import { discoveryDocument } from './oauth2/discovery.ts';
import { errorResponse } from './oauth2/json-response.ts';
import { jwks } from './oauth2/jwks.ts';
import { answerLogout } from './oauth2/logout.ts';
import { answerRevoke } from './oauth2/revoke.ts';
import { answerToken } from './oauth2/token.ts';
import { answerUserInfo } from './oauth2/userinfo.ts';
import { services } from './services.ts';
import { answerSts, isStsRequest } from './sts/answer.ts';

type Endpoint = (userPool: UserPool, request: Request) => Response | Promise<Response>;

/** Bytes. The longest honest form holds one refresh token. */
const largestForm = 64 * 1024;

const methodNotAllowed = () => new Response(null, { status: 405 });

/** A name that leads here by way of DNS rebinding is not one that a person typed. */
const isOwnHost = (request: Request): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.get('host') ?? '');

const remoteAddress = (context: Context): string => getConnInfo(context).remote.address ?? '127.0.0.1';

/** The routes of the local pool; what they do is in `oauth2/` and `hosted-ui/`. */
export function createServer(pool: LocalPool): Hono {
  const app = new Hono();
  app.use(async (context, next) =>
    isOwnHost(context.req.raw)
      ? await next()
      : context.json({ message: 'This server answers to localhost alone.' }, 403),
  );
  app.use('/:userPoolId/oauth2/:endpoint{token|revoke|userInfo}', cors());
  app.use('/:userPoolId/.well-known/*', cors());
  app.post(
    '/:userPoolId/oauth2/*',
    bodyLimit({
      maxSize: largestForm,
      onError: () => errorResponse(new OAuthError('invalid_request', 'The body is too large')),
    }),
  );

  const forUserPool =
    (endpoint: Endpoint) => (context: { req: { param(name: 'userPoolId'): string; raw: Request } }) => {
      const userPool = pool.userPool(context.req.param('userPoolId'));
      if (!userPool) return Response.json({ message: 'User pool does not exist.' }, { status: 404 });
      return endpoint(userPool, context.req.raw);
    };
  /** Without a domain a user pool has no OAuth endpoints. */
  const onDomain = (endpoint: Endpoint) =>
    forUserPool((userPool, request) =>
      userPool.domain
        ? endpoint(userPool, request)
        : Response.json({ message: 'The user pool has no domain.' }, { status: 404 }),
    );

  app.get(
    '/:userPoolId/.well-known/openid-configuration',
    forUserPool((userPool) => Response.json(discoveryDocument(pool, userPool))),
  );
  app.get(
    '/:userPoolId/.well-known/jwks.json',
    forUserPool((userPool) => Response.json(jwks(pool, userPool))),
  );
  app.post(
    '/:userPoolId/oauth2/token',
    onDomain((userPool, request) => answerToken(pool, userPool, request)),
  );
  app.post(
    '/:userPoolId/oauth2/revoke',
    onDomain((userPool, request) => answerRevoke(pool, userPool, request)),
  );
  app.on(
    ['GET', 'POST'],
    '/:userPoolId/oauth2/userInfo',
    onDomain((userPool, request) => answerUserInfo(pool, userPool, request)),
  );
  app.get('/:userPoolId/oauth2/authorize', (context) =>
    onDomain((userPool) => answerAuthorize(context, pool, userPool))(context),
  );
  app.get('/:userPoolId/logout', (context) =>
    onDomain((userPool) => answerLogout(context, pool, userPool))(context),
  );
  app.all('/:userPoolId/oauth2/:endpoint{authorize|token|revoke|userInfo}', methodNotAllowed);
  app.all('/:userPoolId/logout', methodNotAllowed);
  mountFederation(app, pool);
  mountHostedUi(app, pool);
  app.options('/', preflight);
  app.on(['GET', 'POST'], '/', (context, next) =>
    isStsRequest(context.req.raw) ? answerSts(pool, context.req.raw) : next(),
  );
  app.get('/.well-known/jwks_uri', async () => Response.json({ keys: [(await openIdKey(pool)).publicJwk] }));
  app.post('/', (context) => answerAwsJson(pool, services, context.req.raw, remoteAddress(context)));
  app.get('/', showOverview(pool));

  app.notFound((context) => context.json({ message: 'Not found' }, 404));
  app.onError((error, context) => {
    pool.log(`${context.req.method} ${new URL(context.req.url).pathname} failed: ${error.name}`);
    return context.json({ message: 'Internal error' }, 500);
  });
  return app;
}
