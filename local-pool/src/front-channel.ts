import { type Context, Hono } from 'hono';
import { answerUnforeseen } from './answer-unforeseen.ts';
import { mountFederation } from './federation/routes.ts';
import { showOverview } from './hosted-ui/overview.ts';
import { mountHostedUi } from './hosted-ui/routes.ts';
import type { LocalPool } from './local-pool.ts';
import { answerAuthorize } from './oauth2/authorize-endpoint.ts';
import { answerLogout } from './oauth2/logout.ts';
import { forDomain } from './user-pool-route.ts';

const methodNotAllowed = () => new Response(null, { status: 405 });

/** The addresses that a browser is sent to: sign-in and sign-out, the pages, the answers of identity providers. */
export function createFrontChannel(pool: LocalPool): Hono {
  const app = new Hono();
  app.get('/:userPoolId/oauth2/authorize', (context: Context) =>
    forDomain(pool, (userPool) => answerAuthorize(context, pool, userPool))(context),
  );
  app.get('/:userPoolId/logout', (context: Context) =>
    forDomain(pool, (userPool) => answerLogout(context, pool, userPool))(context),
  );
  app.all('/:userPoolId/oauth2/authorize', methodNotAllowed);
  app.all('/:userPoolId/logout', methodNotAllowed);
  mountFederation(app, pool);
  mountHostedUi(app, pool);
  app.get('/', showOverview(pool));
  return answerUnforeseen(app, pool);
}
