import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Where a request came from. */
export const remoteAddress = (context: Context): string => getConnInfo(context).remote.address ?? '127.0.0.1';
