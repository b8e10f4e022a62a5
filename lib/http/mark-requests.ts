import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import { processWide } from '../process-wide.ts';
import { enterRequest } from '../request-scope.ts';
import { FORWARDED_FOR } from './address.ts';
import { CONTENT_POLICY, contentSecurityPolicy, newNonce } from './csp.ts';

const REQUEST_ID = 'x-request-id';

/** W3C Trace Context and Baggage: what the sender wants our traces to be part of. */
const traceHeaders = ['traceparent', 'tracestate', 'baggage'];

interface Start {
  request: IncomingMessage;
  response: ServerResponse;
}

/** Of two, Node.js keeps the first. A list of them is malformed, and whoever reads it says so (RFC 9110 section 5.3). */
function joinAuthorizations({ headers, headersDistinct }: IncomingMessage): void {
  const all = headersDistinct.authorization ?? [];
  if (all.length > 1) headers.authorization = all.join(', ');
}

function mark({ request, response }: Start, config: Config): void {
  const id = randomUUID();
  request.headers[REQUEST_ID] = id;
  response.setHeader(REQUEST_ID, id);
  const said = request.headers[FORWARDED_FOR];
  const connection = request.socket.remoteAddress ?? 'unknown';
  request.headers[FORWARDED_FOR] = said ? `${said}, ${connection}` : connection;
  joinAuthorizations(request);
  if (config.trustedProxies === 0) for (const name of traceHeaders) delete request.headers[name];
  const contentPolicy = contentSecurityPolicy(config, newNonce());
  request.headers[CONTENT_POLICY] = contentPolicy;
  enterRequest(id, contentPolicy);
}

/**
 * Gives every request of this process an id, before Next.js sees it: in its `x-request-id`, in its response's, and in
 * each line that is logged while it is handled; what the sender wrote there is gone. The address of the connection is
 * added to `x-forwarded-for`, which Next.js would leave as the sender wrote it. The content security policy is written
 * into the request, because for the middleware to do it would mean to copy every header twice
 * (docs/decisions/016-policy-before-next.md). To call it twice changes nothing.
 * @param config with no trusted proxy in front, nobody may say which trace a request belongs to
 */
export function markRequests(config: Config): void {
  processWide('mark-requests', () => {
    subscribe('http.server.request.start', (message) => mark(message as Start, config));
    return true;
  });
}
