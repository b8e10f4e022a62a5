import { randomUUID } from 'node:crypto';
import { readBody } from '../aws-json/answer.ts';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { assumeRoleWithWebIdentity } from './AssumeRoleWithWebIdentity.ts';
import type { StsAction } from './action.ts';
import { getCallerIdentity } from './GetCallerIdentity.ts';
import { StsError } from './sts-error.ts';
import { errorXml, resultXml } from './xml.ts';

const VERSION = '2011-06-15';

const actions = new Map<string, StsAction>([
  ['AssumeRoleWithWebIdentity', assumeRoleWithWebIdentity],
  ['GetCallerIdentity', getCallerIdentity],
]);

/** Whether a request at `/` is for STS: it has an action in its query, or is a form and none of the JSON APIs'. */
export function isStsRequest(request: Request): boolean {
  if (request.method === 'GET') return new URL(request.url).searchParams.has('Action');
  const type = request.headers.get('content-type') ?? '';
  return /^application\/x-www-form-urlencoded\b/i.test(type) && !request.headers.has('x-amz-target');
}

/** Answers STS's Query protocol, as far as the basic flow of identity pools needs it. */
export async function answerSts(pool: LocalPool, request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    const parameters =
      request.method === 'GET'
        ? new URL(request.url).searchParams
        : new URLSearchParams(await readBody(request));
    const name = parameters.get('Action') ?? '';
    const action = actions.get(name);
    if (!action)
      throw new StsError('InvalidAction', `Could not find operation ${shown(name)} for version ${VERSION}`);
    const result = await action(pool, { parameters, headers: request.headers });
    return xmlAnswer(200, requestId, resultXml(name, result, requestId));
  } catch (error) {
    if (error instanceof StsError)
      return xmlAnswer(error.status, requestId, errorXml(error.code, error.message, requestId));
    if (error instanceof CognitoError)
      return xmlAnswer(413, requestId, errorXml(error.code, error.message, requestId));
    pool.log(`STS failed: ${error instanceof Error ? error.name : 'unknown'}`);
    return xmlAnswer(500, requestId, errorXml('InternalFailure', 'Something went wrong', requestId));
  }
}

/** No more of it than an action's name can have: it may be anything. */
function shown(name: string): string {
  return name.replace(/\W/g, '').slice(0, 100) || 'none';
}

function xmlAnswer(status: number, requestId: string, body: string): Response {
  return new Response(body, {
    status,
    headers: { 'Content-Type': 'text/xml', 'x-amzn-RequestId': requestId, 'Cache-Control': 'no-store' },
  });
}
