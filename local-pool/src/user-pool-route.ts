import type { Context } from 'hono';
import type { LocalPool } from './local-pool.ts';
import type { UserPool } from './model/user-pool.ts';

type Endpoint = (userPool: UserPool, request: Request) => Response | Promise<Response>;
type Route = (context: Context) => Response | Promise<Response>;

/** A route under a user pool's ID, which must be one of this server's. */
export const forUserPool =
  (pool: LocalPool, endpoint: Endpoint): Route =>
  (context) => {
    const userPool = pool.userPool(context.req.param('userPoolId') ?? '');
    if (!userPool) return Response.json({ message: 'User pool does not exist.' }, { status: 404 });
    return endpoint(userPool, context.req.raw);
  };

/** A route of a user pool's domain: without one a pool has no OAuth endpoints. */
export const forDomain = (pool: LocalPool, endpoint: Endpoint): Route =>
  forUserPool(pool, (userPool, request) =>
    userPool.domain
      ? endpoint(userPool, request)
      : Response.json({ message: 'The user pool has no domain.' }, { status: 404 }),
  );
