import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { formWith } from '../../support/form.ts';
import { type PoolAndApp, people, startPoolAndApp } from '../../support/local-pool.ts';

let stand: PoolAndApp;

beforeAll(async () => {
  stand = await startPoolAndApp({ accessTokenValidity: 1, log: () => {} });
});
afterAll(() => stand.stop());

const webClient = 'cabanaweb00000000000000001';

test('OF-13 the hosted page answers a posted password with a redirect that posts nothing on', async () => {
  const browser = openBrowser(stand.app);
  const page = await browser.follow(await browser.post('/api/auth/signin/cognito', { returnTo: '/home' }));
  const form = formWith(page, 'password');
  if (!form) throw new Error('the hosted page shows no form');
  const wrong = await browser.submit(form, { ...people.ada, password: 'wrong' });
  const right = await browser.submit(form, people.ada);
  for (const answer of [wrong, right]) expect([200, 302, 303, 400, 401]).toContain(answer.status);
  expect([302, 303]).toContain(right.status);
  expect((await browser.follow(right)).url.pathname).toBe('/home');
});

describe('RR-02', () => {
  test.each([0, 60])(
    'RR-02 against the local pool, grace %i s: fifty parallel requests with a due session are all signed in',
    async (grace) => {
      const client = stand.pool.pool.appClient(webClient);
      if (!client) throw new Error('the template has no web client');
      client.refreshTokenRotation = { enabled: true, graceSeconds: grace };
      const browser = openBrowser(stand.app);
      expect((await browser.signIn(people.grace)).url.pathname).toBe('/home');
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const answers = await Promise.all(Array.from({ length: 50 }, () => browser.get('/home')));
      expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
      expect((await browser.get('/home')).status).toBe(200);
    },
  );
});
