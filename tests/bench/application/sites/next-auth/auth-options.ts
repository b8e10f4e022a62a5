import type { AuthOptions } from 'next-auth';

/** Sessions in a sealed cookie, as ours are. Nobody signs in here, so no provider is needed. */
export const authOptions: AuthOptions = {
  providers: [],
  session: { strategy: 'jwt' },
  callbacks: {
    session: ({ session, token }) => ({ ...session, groups: token.groups }),
  },
};
