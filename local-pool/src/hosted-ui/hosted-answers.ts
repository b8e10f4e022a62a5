import { clearHostedCookie, setHostedCookie } from './cookies.ts';
import type { HostedRequest } from './hosted-request.ts';
import type { Notice } from './notices.ts';
import { type PageData, pageDataLifetime, sealPageData } from './page-data.ts';
import { type PageStatus, pageResponse } from './page-response.ts';
import type { HostedPath } from './views/hosted-page.ts';
import type { Html } from './views/html.ts';

/**
 * Shows a page of the authorization request. A form that was refused is shown again with status 400: not 200, so that
 * a script cannot take it for success, and not 401, which would have to name an HTTP authentication scheme (RFC 9110
 * section 15.5.2).
 * @param scriptSource the one script that the page may run; absent = none.
 */
export function showPage(
  request: HostedRequest,
  view: Html,
  refused: boolean,
  scriptSource?: string,
): Promise<Response> {
  const status: PageStatus = refused ? 400 : 200;
  return pageResponse(request.context, view, status, request.authorize.redirectUri, scriptSource);
}

/** Sends the browser on to another page of the same authorization request. 303, so that a form is not posted again. */
export function goToPage(request: HostedRequest, path: HostedPath, notice?: Notice): Response {
  const { context, page } = request;
  context.header('Cache-Control', 'no-store');
  return context.redirect(`${page.link(path)}${notice === undefined ? '' : `&notice=${notice}`}`, 303);
}

/** Tells the next page who this is about. */
export function passOn({ context, ui, userPool }: HostedRequest, data: PageData): void {
  const value = sealPageData(ui.key, userPool.id, data, ui.pool.clock.now());
  setHostedCookie(context, userPool.id, 'page-data', value, pageDataLifetime);
}

/** Ends what `passOn` began. */
export function forgetPageData({ context, userPool }: HostedRequest): void {
  clearHostedCookie(context, userPool.id, 'page-data');
}
