import type { Config } from '../config.ts';

/** @returns 128 random bits, for one response; the scripts that carry it are the ones that may run */
export function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/**
 * The Content-Security-Policy of a page (CSP Level 3). Next.js reads the nonce out of the request's own header of this
 * name and puts it on every script that it writes; what those load is trusted by 'strict-dynamic'.
 * A form's redirects count as its target, so the user pool is named where the sign-in and sign-out forms lead.
 * @param nonce fresh for every response
 */
export function contentSecurityPolicy(
  config: Pick<Config, 'domain' | 'secureCookies' | 'development' | 'signInOrigins'>,
  nonce: string,
): string {
  // Hot reloading evaluates text and writes style elements. A build needs neither.
  const [evaluation, inlineStyle] = config.development ? [" 'unsafe-eval'", " 'unsafe-inline'"] : ['', ''];
  const formTargets = [new URL(config.domain).origin, ...config.signInOrigins].join(' ');
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    `style-src 'self'${inlineStyle}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action 'self' ${formTargets}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ];
  return [...directives, ...(config.secureCookies ? ['upgrade-insecure-requests'] : [])].join('; ');
}
