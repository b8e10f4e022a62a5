import { expect, it, vi } from 'vitest';
import { publicText } from '../../../lib/errors.ts';
import { json, problem, refusal, seeOther } from '../../../lib/http/responses.ts';
import { realUserPool } from '../../support/configuration.ts';

for (const [name, value] of Object.entries(realUserPool)) vi.stubEnv(name, value);

const appUrl = new URL('https://app.example.com');

it('a redirect is a 303 that nothing stores and that tells the next site nothing', () => {
  const response = seeOther('/home?x=1', appUrl);
  expect(response.status).toBe(303);
  expect(Object.fromEntries(response.headers)).toEqual({
    location: 'https://app.example.com/home?x=1',
    'cache-control': 'private, no-store',
    vary: 'Cookie',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  });
});

it('a redirect may lead to the user pool', () => {
  const url = 'https://pool.example.com/oauth2/authorize?client_id=x';
  expect(seeOther(url, appUrl).headers.get('location')).toBe(url);
});

it('a refusal is a plain sentence that nothing stores', async () => {
  const response = refusal('cross_site_request');
  expect(response.status).toBe(403);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await response.text()).toBe(`${publicText('cross_site_request')}\n`);
});

it('an answer of the API is JSON that nothing stores or guesses at', async () => {
  const response = json({ sub: 'ada' }, 201);
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await response.json()).toEqual({ sub: 'ada' });
});

it('a problem is a document of RFC 9457 with a stable code', async () => {
  const response = problem('forbidden');
  expect(response.status).toBe(403);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.has('www-authenticate')).toBe(false);
  expect(await response.json()).toEqual({
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
    detail: publicText('forbidden'),
    code: 'forbidden',
  });
});

it('a challenge stands in WWW-Authenticate, and may go with another status', async () => {
  const response = problem('stale_sign_in', {
    challenge: 'Bearer error="insufficient_user_authentication"',
    status: 401,
  });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer error="insufficient_user_authentication"');
  expect(await response.json()).toMatchObject({ status: 401, code: 'stale_sign_in' });
});

it('a 503 says when to try again, and no other status does', () => {
  expect(problem('user_pool_unavailable').headers.get('retry-after')).toBe('5');
  expect(problem('forbidden').headers.has('retry-after')).toBe(false);
});
