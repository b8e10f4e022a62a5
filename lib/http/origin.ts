/**
 * Whether a request that changes something was sent by a page of this application. It is compared with the
 * configured origin, never with `Host` or a forwarded header, which the sender chooses. A browser says where a form
 * came from in at least one of these headers; a request that says nothing is refused as well.
 */
export function isFromOwnOrigin(headers: Headers, appUrl: URL): boolean {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (site !== null && site !== 'same-origin') return false;
  if (origin !== null) return origin === appUrl.origin;
  return site === 'same-origin';
}
