/** Schemes that a browser runs or reads by itself are nobody's own. */
const NAVIGABLE = ['javascript:', 'vbscript:', 'data:', 'blob:', 'file:'];
const LOOPBACK = ['localhost', '127.0.0.1'];

/**
 * Whether an address may be a callback or logout URL: absolute, without a fragment, and https, http on localhost, or a
 * scheme of the app's own (Cognito: app client settings).
 */
export function isRedirectUrl(value: string): boolean {
  const url = URL.parse(value);
  if (!url || value.includes('#') || NAVIGABLE.includes(url.protocol)) return false;
  return url.protocol !== 'http:' || LOOPBACK.includes(url.hostname);
}
