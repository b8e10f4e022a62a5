import { stylesheetSource } from './stylesheet.ts';

/**
 * The policy of a hosted page: no scripts, no frames, our one stylesheet.
 * Chromium applies `form-action` to the redirects after a form post too, so the place the sign-in returns to must be
 * named: its origin, or its scheme for an app's own scheme such as `myapp:`.
 */
export function contentSecurityPolicy(redirectUri: string | undefined): string {
  const formAction = ["'self'", ...(redirectUri === undefined ? [] : [formTarget(redirectUri)])].join(' ');
  return [
    "default-src 'none'",
    `style-src ${stylesheetSource}`,
    "img-src 'self' data:",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function formTarget(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return origin === 'null' ? protocol : origin;
}
