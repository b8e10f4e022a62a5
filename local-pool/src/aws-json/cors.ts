import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** What an answer lets a web page of another host read: any may call the API, as it may call AWS's. */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
};

/** Answers a browser's question before it calls the API. What the signed operations ask besides is in answer.ts. */
export const preflight: MiddlewareHandler = cors({
  origin: '*',
  allowMethods: ['POST', 'OPTIONS'],
  // Seconds: two days, as the service says.
  maxAge: 172_800,
});
