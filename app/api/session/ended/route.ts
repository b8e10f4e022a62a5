import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import { signInPath } from '#lib/access/sign-in-path.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { seeOther } from '#lib/http/responses.ts';
import { returnPath } from '#lib/http/return-to.ts';
import { clearEndedSession } from '#lib/session/clear-ended.ts';
import { visitorOf } from '#lib/session/visitor.ts';

/** Where a page's guard sends a browser whose session was ended elsewhere. */
export async function GET(request: NextRequest) {
  const returnTo = returnPath(request.nextUrl.searchParams.get('returnTo'));
  const cleared = await clearEndedSession(config(), await cookies(), visitorOf(request.headers));
  return seeOther(cleared ? signInPath({ returnTo, reason: 'ended' }) : returnTo, config().appUrl);
}

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
