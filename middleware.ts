import type { NextRequest } from 'next/server';
import { gate } from '#lib/access/gate.ts';

export function middleware(request: NextRequest) {
  return gate(request);
}

/**
 * Every page. No `has` or `missing` here: a header that the sender chooses must not switch the middleware off.
 * Signing out is left alone, or it would begin with a refresh and set the cookies that it then clears.
 */
export const config = { matcher: ['/((?!api/|_next/static/|favicon.ico|icon.svg|sign-out$).*)'] };
