import { admit, unconfirmed } from '../access/bearer.ts';
import { config } from '../config.ts';
import { AppError } from '../errors.ts';
import { addressOf } from '../http/address.ts';
import { json, noContent, problem } from '../http/responses.ts';
import { log } from '../log.ts';
import { countApiRequest, timeGuard } from '../telemetry/metrics.ts';
import { crossOriginHeaders, preflight } from './cross-origin.ts';
import type { Answer, Input, Method, Operation } from './operation.ts';
import { type Counted, rateLimitHeaders, rateLimits } from './rate-limits.ts';
import { readInput } from './read-input.ts';

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/** An operation and the code that carries it out. */
interface Endpoint {
  readonly operation: Operation;
  readonly handle: (input: never) => Promise<Answer<Operation>> | Answer<Operation>;
}

/**
 * Puts an operation and its handler together.
 * @param handle is called with valid input of somebody who may; an AppError that it throws becomes the refusal of its code
 */
export const endpoint = <const Described extends Operation, const Answered extends Answer<Described>>(
  operation: Described,
  handle: (input: Input<Described>) => Promise<Answered> | Answered,
): Endpoint => ({ operation, handle: handle as Endpoint['handle'] });

const respond = ({ status, body, headers }: Answer<Operation>): Response =>
  status === 204 || status === 304 ? noContent(status, headers) : json(body, status, headers);

/** From who asks to what is answered, each step able to refuse. `counts` tells how the limits stood. */
async function carryOut(
  { operation, handle }: Endpoint,
  request: Request,
  context: RouteContext,
  counts: Counted[],
): Promise<Response> {
  const ofAddress = await rateLimits().ofAddress(addressOf(request.headers, config().trustedProxies));
  counts.push(ofAddress);
  if (ofAddress.exceeded) return problem('rate_limited', { retryAfter: ofAddress.resetIn });

  const bearer = await timeGuard('api', () => admit(request, operation));
  if (bearer instanceof Response) return bearer;

  const ofUser = await rateLimits().ofUser(bearer.principal.sub);
  counts.push(ofUser);
  if (ofUser.exceeded) return problem('rate_limited', { retryAfter: ofUser.resetIn });

  const input = await readInput(operation, request, await context.params);
  if (input instanceof Response) return input;
  // Last, because it is a call of the user pool for each request.
  const refusal = operation.confirmed && (await unconfirmed(request));
  if (refusal) return refusal;
  return respond(await handle({ ...bearer, ...input, request } as never));
}

function refusalOf(error: unknown, operation: Operation): Response {
  if (error instanceof AppError) return problem(error.code);
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
  log('error', 'operation_failed', { operation: operation.id, reason });
  return problem('internal_error');
}

function routeOf(served: Endpoint): RouteHandler {
  return async (request, context) => {
    const counts: Counted[] = [];
    const response = await carryOut(served, request, context, counts).catch((error: unknown) =>
      refusalOf(error, served.operation),
    );
    countApiRequest(served.operation.id, response.status);
    const fields = { ...rateLimitHeaders(counts), ...crossOriginHeaders(request) };
    for (const [name, value] of Object.entries(fields)) response.headers.set(name, value);
    return response;
  };
}

type Handlers = Record<Method | 'HEAD' | 'OPTIONS', RouteHandler>;

/**
 * The handlers of a route: its operations, OPTIONS, and a refusal for every other method.
 * @param endpoints one for each method that the address answers
 */
export function serve(...endpoints: Endpoint[]): Handlers {
  const methods = endpoints.map(({ operation }) => operation.method);
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const refuse: RouteHandler = async (request) => {
    const response = problem('method_not_allowed');
    const fields = { allow: [...allowed, 'OPTIONS'].join(', '), ...crossOriginHeaders(request) };
    for (const [name, value] of Object.entries(fields)) response.headers.set(name, value);
    return response;
  };
  const options: RouteHandler = async (request) => preflight(request, allowed);
  const byMethod = Object.fromEntries(endpoints.map((one) => [one.operation.method, routeOf(one)]));
  return {
    GET: refuse,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
    ...byMethod,
    HEAD: byMethod.GET ?? refuse,
    OPTIONS: options,
  };
}
