import { expect, it } from 'vitest';
import { parseConfig } from '../../../lib/config.ts';
import { contentSecurityPolicy, newNonce } from '../../../lib/http/csp.ts';
import { httpsConfiguration, loopbackConfiguration, realUserPool } from '../../support/configuration.ts';

it('a nonce is 128 random bits in base64', () => {
  expect(newNonce()).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(newNonce()).not.toBe(newNonce());
});

it('a build allows its own scripts by their nonce, and nothing inline or evaluated', () => {
  const policy = contentSecurityPolicy(httpsConfiguration(), 'abc');
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(policy).toContain("form-action 'self' https://example.auth.eu-west-1.amazoncognito.com;");
  expect(policy).toMatch(/; upgrade-insecure-requests$/);
});

it('on http://localhost nothing is upgraded to https', () => {
  expect(contentSecurityPolicy(loopbackConfiguration(), 'abc')).not.toContain('upgrade');
});

it('only hot reloading may evaluate text and write styles', () => {
  const policy = contentSecurityPolicy(parseConfig({ ...realUserPool, NODE_ENV: 'development' }), 'abc');
  expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic' 'unsafe-eval';");
  expect(policy).toContain("style-src 'self' 'unsafe-inline';");
});

it('identity providers that the user pool sends people on to are named, origins alone', () => {
  const named = { ...realUserPool, SIGN_IN_ORIGINS: 'https://login.example.com,https://id.example.org' };
  expect(contentSecurityPolicy(parseConfig(named), 'abc')).toMatch(
    /form-action 'self' \S+ https:\/\/login\.example\.com https:\/\/id\.example\.org;/,
  );
  for (const wrong of ['login.example.com', 'https://a.example/path', 'https://a.example; script-src *', '*'])
    expect(() => parseConfig({ ...realUserPool, SIGN_IN_ORIGINS: wrong })).toThrow('SIGN_IN_ORIGINS must be');
});
