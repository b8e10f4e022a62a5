import { setTimeout } from 'node:timers/promises';
import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import { endedSessionPath } from '#lib/access/ended-session-path.ts';
import { signInPath } from '#lib/access/sign-in-path.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { seeOther } from '#lib/http/responses.ts';
import { returnPath } from '#lib/http/return-to.ts';
import { clearEndedSession } from '#lib/session/clear-ended.ts';
import { visitorOf } from '#lib/session/visitor.ts';

/** In milliseconds: for the response that carries newer cookies to reach the browser. */
const OTHER_RESPONSE_MS = 1_000;

/** Where a page's guard sends a browser whose session was ended elsewhere, and the middleware one that was refused. */
export async function GET(request: NextRequest) {
  const query = request.nextUrl.searchParams;
  const returnTo = returnPath(query.get('returnTo'));
  const visitor = visitorOf(request.headers);
  const outcome = await clearEndedSession(config(), await cookies(), visitor, query.has('second'));
  if (outcome === 'undecided') {
    await setTimeout(OTHER_RESPONSE_MS);
    return seeOther(endedSessionPath(returnTo, true), config().appUrl);
  }
  const target = outcome === 'over' ? signInPath({ returnTo, reason: 'ended' }) : returnTo;
  return seeOther(target, config().appUrl);
}

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
