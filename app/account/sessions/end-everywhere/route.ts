import { cookies } from 'next/headers';
import { z } from 'zod';
import { withForm } from '#lib/access/form.ts';
import { logoutUrl } from '#lib/cognito/endpoints.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { endEverywhere } from '#lib/session/end-recorded.ts';
import { clearFlowCookies } from '#lib/session/flow-cookies.ts';
import { clearSessionCookies } from '#lib/session/session-cookies.ts';

/** Ends every session of the person, and with them this browser's and the hosted UI's own. */
export const POST = withForm(
  { form: '/account/sessions', page: '/account/sessions', fields: z.object({}) },
  async ({ principal, live, visitor }) => {
    const settings = config();
    const { accessToken } = live.session;
    const { revoked } = await endEverywhere(settings, { sub: principal.sub, accessToken }, visitor);
    const store = await cookies();
    clearSessionCookies(store, settings);
    clearFlowCookies(settings, store);
    return revoked ? logoutUrl(settings) : '/sign-out/unconfirmed';
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
