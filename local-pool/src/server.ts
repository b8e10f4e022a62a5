import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { answerUnforeseen } from './answer-unforeseen.ts';
import { answerAwsJson } from './aws-json/answer.ts';
import { preflight } from './aws-json/cors.ts';
import { OAuthError } from './errors.ts';
import { openIdKey } from './identity-pool/signing-key.ts';
import type { LocalPool } from './local-pool.ts';
import { discoveryDocument } from './oauth2/discovery.ts';
import { errorResponse } from './oauth2/json-response.ts';
import { jwks } from './oauth2/jwks.ts';
import { answerRevoke } from './oauth2/revoke.ts';
import { answerToken } from './oauth2/token.ts';
import { answerUserInfo } from './oauth2/userinfo.ts';
import { remoteAddress } from './remote-address.ts';
import { services } from './services.ts';
import { answerSts, isStsRequest } from './sts/answer.ts';
import { forDomain, forUserPool } from './user-pool-route.ts';

/** Bytes. The longest honest form holds one refresh token. */
const largestForm = 64 * 1024;

/** A name that leads here by way of DNS rebinding is not one that a person typed. */
const isOwnHost = (request: Request): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.get('host') ?? '');

/** The routes of the local pool: here what programs call, in front-channel.ts what browsers are sent to. */
export function createServer(pool: LocalPool): Hono {
  const app = new Hono();
  app.use(async (context, next) =>
    isOwnHost(context.req.raw)
      ? await next()
      : context.json({ message: 'This server answers to localhost alone.' }, 403),
  );
  mountOAuth(app, pool);
  app.options('/', preflight);
  app.on(['GET', 'POST'], '/', (context, next) =>
    isStsRequest(context.req.raw) ? answerSts(pool, context.req.raw) : next(),
  );
  app.post('/', (context) => answerAwsJson(pool, services, context.req.raw, remoteAddress(context)));
  app.get('/.well-known/jwks_uri', async () => Response.json({ keys: [(await openIdKey(pool)).publicJwk] }));
  app.all('*', frontChannel(pool));
  return answerUnforeseen(app, pool);
}

/** The OAuth endpoints that take no browser (Cognito: federation endpoints). */
function mountOAuth(app: Hono, pool: LocalPool): void {
  app.use('/:userPoolId/oauth2/:endpoint{token|revoke|userInfo}', cors());
  app.use('/:userPoolId/.well-known/*', cors());
  app.post(
    '/:userPoolId/oauth2/*',
    bodyLimit({
      maxSize: largestForm,
      onError: () => errorResponse(new OAuthError('invalid_request', 'The body is too large')),
    }),
  );
  app.get(
    '/:userPoolId/.well-known/openid-configuration',
    forUserPool(pool, (userPool) => Response.json(discoveryDocument(pool, userPool))),
  );
  app.get(
    '/:userPoolId/.well-known/jwks.json',
    forUserPool(pool, (userPool) => Response.json(jwks(pool, userPool))),
  );
  app.post(
    '/:userPoolId/oauth2/token',
    forDomain(pool, (userPool, request) => answerToken(pool, userPool, request)),
  );
  app.post(
    '/:userPoolId/oauth2/revoke',
    forDomain(pool, (userPool, request) => answerRevoke(pool, userPool, request)),
  );
  app.on(
    ['GET', 'POST'],
    '/:userPoolId/oauth2/userInfo',
    forDomain(pool, (userPool, request) => answerUserInfo(pool, userPool, request)),
  );
  app.all('/:userPoolId/oauth2/:endpoint{token|revoke|userInfo}', () => new Response(null, { status: 405 }));
}

/** Read when a browser first comes: a start need not wait for the pages. */
function frontChannel(pool: LocalPool): (context: Context) => Promise<Response> {
  let loaded: Promise<Hono> | undefined;
  return async (context) => {
    loaded ??= import('./front-channel.ts').then(({ createFrontChannel }) => createFrontChannel(pool));
    return (await loaded).fetch(context.req.raw, context.env);
  };
}
