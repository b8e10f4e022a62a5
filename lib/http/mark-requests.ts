import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { processWide } from '../process-wide.ts';
import { enterRequest } from '../request-scope.ts';
import { FORWARDED_FOR } from './address.ts';
import { REQUEST_ID } from './request-id.ts';

interface Start {
  request: IncomingMessage;
  response: ServerResponse;
}

function mark(message: unknown): void {
  const { request, response } = message as Start;
  const id = randomUUID();
  request.headers[REQUEST_ID] = id;
  response.setHeader(REQUEST_ID, id);
  const said = request.headers[FORWARDED_FOR];
  const connection = request.socket.remoteAddress ?? 'unknown';
  request.headers[FORWARDED_FOR] = said ? `${said}, ${connection}` : connection;
  enterRequest(id);
}

/**
 * Gives every request of this process an id, before Next.js sees it: in its `x-request-id`, in its response's, and in
 * each line that is logged while it is handled. The address of the connection is added to `x-forwarded-for`, which
 * Next.js would leave as the sender wrote it. To call it twice changes nothing.
 */
export function markRequests(): void {
  processWide('mark-requests', () => {
    subscribe('http.server.request.start', mark);
    return true;
  });
}
