import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** Any web page may call the API, as it may call AWS's; what the signed operations add is in answer.ts. */
export const apiCors: MiddlewareHandler = cors({
  origin: '*',
  allowMethods: ['POST', 'OPTIONS'],
  exposeHeaders: ['x-amzn-RequestId', 'x-amzn-ErrorType', 'x-amzn-ErrorMessage', 'Date'],
  // Seconds: two days, as the service says.
  maxAge: 172_800,
});
