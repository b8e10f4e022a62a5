import type { Context } from 'hono';
import type { AppClient } from '../model/app-client.ts';
import type { UserPool } from '../model/user-pool.ts';
import type { AuthorizeRequest } from '../oauth2/authorize-request.ts';
import { readHostedCookie } from './cookies.ts';
import type { HostedUi } from './hosted-ui-context.ts';
import { openPageData, type PageData } from './page-data.ts';
import type { HostedPage } from './views/hosted-page.ts';

/** A request for a hosted page whose authorization request was found good. */
export interface HostedRequest {
  context: Context;
  ui: HostedUi;
  userPool: UserPool;
  client: AppClient;
  authorize: AuthorizeRequest;
  page: HostedPage;
  /** The posted fields; empty for a GET. */
  form: URLSearchParams;
  /** What the page before told this one. */
  pageData: PageData | undefined;
}

export type HostedHandler = (request: HostedRequest) => Promise<Response>;

// Parameters of our own pages: they do not belong to the authorization request that is carried along.
const ownParameters = ['notice', 'user_name', 'confirmation_code'];

/** The query of the authorization request that this page belongs to. */
export function authorizeQuery(context: Context): URLSearchParams {
  const query = new URL(context.req.url).searchParams;
  for (const name of ownParameters) query.delete(name);
  return query;
}

/** Puts together what handlers and views need. */
export function hostedRequest(
  context: Context,
  ui: HostedUi,
  userPool: UserPool,
  authorize: AuthorizeRequest,
  requestToken: string,
  form: URLSearchParams,
): HostedRequest {
  const query = authorizeQuery(context).toString();
  return {
    context,
    ui,
    userPool,
    client: authorize.client,
    authorize,
    form,
    pageData: openPageData(ui.key, userPool.id, readHostedCookie(context, 'page-data'), ui.pool.clock.now()),
    page: {
      brand: userPool.name,
      clientName: authorize.client.clientName,
      requestToken,
      accountField: accountField(userPool),
      link: (path) => `/${userPool.id}/${path}?${query}`,
    },
  };
}

function accountField({ usernameAttributes }: UserPool): HostedPage['accountField'] {
  const [email, phone] = [usernameAttributes.includes('email'), usernameAttributes.includes('phone_number')];
  if (email && phone) return { label: 'Email or phone number', type: 'text' };
  if (email) return { label: 'Email', type: 'email' };
  return phone ? { label: 'Phone number', type: 'tel' } : { label: 'User name', type: 'text' };
}
