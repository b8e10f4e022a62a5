import { expect, it } from 'vitest';
import { callbackUrl, endpoints, logoutUrl } from '../../../lib/cognito/endpoints.ts';
import { httpsConfiguration, loopbackConfiguration } from '../../support/configuration.ts';

it('the addresses of a real user pool are those that Cognito documents', () => {
  expect(endpoints(httpsConfiguration())).toEqual({
    authorization: 'https://example.auth.eu-west-1.amazoncognito.com/oauth2/authorize',
    token: 'https://example.auth.eu-west-1.amazoncognito.com/oauth2/token',
    userInfo: 'https://example.auth.eu-west-1.amazoncognito.com/oauth2/userInfo',
    revocation: 'https://example.auth.eu-west-1.amazoncognito.com/oauth2/revoke',
    jwks: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/jwks.json',
    api: 'https://cognito-idp.eu-west-1.amazonaws.com/',
  });
});

it('the addresses of the local pool lie below its issuer, but for the API', () => {
  const { api, ...pool } = endpoints(loopbackConfiguration());
  expect(api).toBe('http://localhost:9229/');
  for (const url of Object.values(pool))
    expect(url).toMatch(/^http:\/\/localhost:9229\/us-east-1_Cabana001\//);
});

it('the callback is on the configured origin', () => {
  expect(callbackUrl(httpsConfiguration())).toBe('https://app.example.com/api/auth/callback/cognito');
});

it('the logout address names the app client and the registered place to return to', () => {
  const url = new URL(logoutUrl(httpsConfiguration()));
  expect(url.origin + url.pathname).toBe('https://example.auth.eu-west-1.amazoncognito.com/logout');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: '1example23456789',
    logout_uri: 'https://app.example.com/',
  });
});
