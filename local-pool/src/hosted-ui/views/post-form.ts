import { html } from 'hono/html';
import type { HostedPage, HostedPath } from './hosted-page.ts';
import type { Html } from './html.ts';

/** A form that posts back to a page of the same authorization request, with the token that proves it came from there. */
export function postForm(page: HostedPage, path: HostedPath, body: Html): Html {
  return html`<form method="post" action="${page.link(path)}">
<input type="hidden" name="_csrf" value="${page.requestToken}">
${body}
</form>`;
}
