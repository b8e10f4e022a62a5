import { withAuth } from 'next-auth/middleware';

export const middleware = withAuth({});

export const config = { matcher: ['/((?!api/|_next/static/|favicon.ico|icon.svg|sign-out$).*)'] };
