import type { Config } from '../config.ts';

/** The header, of a response and of the request that it answers. */
export const CONTENT_POLICY = 'content-security-policy';

const NONCE_BYTES = 16;
/** To ask for random bytes costs the edge runtime the same for many as for a few. */
const drawn = new Uint8Array(NONCE_BYTES * 256);
let used = drawn.length;

/** @returns 128 random bits, for one response; the scripts that carry it are the ones that may run */
export function newNonce(): string {
  if (used === drawn.length) {
    crypto.getRandomValues(drawn);
    used = 0;
  }
  used += NONCE_BYTES;
  return btoa(String.fromCharCode(...drawn.subarray(used - NONCE_BYTES, used)));
}

type Settings = Pick<Config, 'domain' | 'secureCookies' | 'development' | 'signInOrigins'>;

/**
 * The Content-Security-Policy of a page (CSP Level 3). Next.js reads the nonce out of the request's own header of this
 * name and puts it on every script that it writes; what those load is trusted by 'strict-dynamic'.
 * A form's redirects count as its target, so the user pool is named where the sign-in and sign-out forms lead.
 * @param nonce fresh for every response
 */
export function contentSecurityPolicy(config: Settings, nonce: string): string {
  const around = policies.get(config) ?? aroundNonce(config);
  policies.set(config, around);
  return around.join(nonce);
}

/** The policy is the same for every page but for the nonce. */
const policies = new WeakMap<Settings, [before: string, after: string]>();

function aroundNonce(config: Settings): [string, string] {
  // Hot reloading evaluates text and writes style elements. A build needs neither.
  const [evaluation, inlineStyle] = config.development ? [" 'unsafe-eval'", " 'unsafe-inline'"] : ['', ''];
  const formTargets = [new URL(config.domain).origin, ...config.signInOrigins].join(' ');
  const directives = [
    `' 'strict-dynamic'${evaluation}`,
    `style-src 'self'${inlineStyle}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action 'self' ${formTargets}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ];
  const secure = config.secureCookies ? ['upgrade-insecure-requests'] : [];
  return ["default-src 'none'; script-src 'nonce-", [...directives, ...secure].join('; ')];
}
