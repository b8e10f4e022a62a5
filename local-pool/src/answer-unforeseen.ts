import type { Hono } from 'hono';
import type { LocalPool } from './local-pool.ts';

/** Answers what no route foresaw: an unknown address, and an error of our own, of which the log gets the name alone. */
export function answerUnforeseen(app: Hono, pool: LocalPool): Hono {
  app.notFound((context) => context.json({ message: 'Not found' }, 404));
  app.onError((error, context) => {
    pool.log(`${context.req.method} ${new URL(context.req.url).pathname} failed: ${error.name}`);
    return context.json({ message: 'Internal error' }, 500);
  });
  return app;
}
