import { stylesheetSource } from './stylesheet.ts';

/**
 * The policy of a hosted page: no frames, our one stylesheet, and no script but the one that is named.
 * Chromium applies `form-action` to the redirects after a form post too, so the place the sign-in returns to must be
 * named: its origin, or its scheme for an app's own scheme such as `myapp:`.
 * @param scriptSource a CSP source; absent = no script at all
 */
export function contentSecurityPolicy(redirectUri: string | undefined, scriptSource?: string): string {
  const formAction = ["'self'", ...(redirectUri === undefined ? [] : [formTarget(redirectUri)])].join(' ');
  return [
    "default-src 'none'",
    `style-src ${stylesheetSource}`,
    ...(scriptSource === undefined ? [] : [`script-src ${scriptSource}`]),
    "img-src 'self' data:",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function formTarget(redirectUri: string): string {
  const { origin, protocol, pathname } = new URL(redirectUri);
  if (origin === 'null') return protocol;
  return pathname.endsWith('/oauth2/idpresponse') ? `${origin} ${anyApp}` : origin;
}

/** A user pool that federates to this one sends the browser on to its own app, which nobody here knows. */
const anyApp = 'https: http://localhost:* http://127.0.0.1:*';
