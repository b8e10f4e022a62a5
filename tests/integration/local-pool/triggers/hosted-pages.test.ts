import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import { openFormBrowser } from '../hosted-ui/form-browser.ts';
import { authorize, fillIn, type RelyingParty } from '../relying-party.ts';
import { startTriggerPool, type TriggerPool } from './trigger-pool.ts';

const ada = { username: 'ada', password: 'Analytical-1843' };

let running: TriggerPool;
let party: RelyingParty;

beforeAll(async () => {
  running = await startTriggerPool();
  createUser(running.pool, running.aliases, ada.username, ada.password, {}, 'CONFIRMED');
  const config = await client.discovery(new URL(running.aliases.issuer), 'hosted', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  party = { config, redirectUri: 'http://localhost:8400/callback', scope: 'openid email' };
});
beforeEach(() => running.reset());
afterAll(() => running.close());

const failures: [string, () => unknown, string][] = [
  [
    'throws',
    () => Promise.reject(new Error('Not <b>today</b>')),
    'failed with error Not &lt;b&gt;today&lt;/b&gt;.',
  ],
  ['does not answer', () => new Promise(() => {}), 'invocation failed due to error Timeout.'],
];

describe('a trigger of the hosted sign-in', () => {
  it.each(failures)('that %s is read on the page, as text', async (_, behaviour, message) => {
    running.on('PreAuthentication', behaviour);
    const browser = openFormBrowser(running.url);
    const { address } = await authorize(party);
    const form = await browser.get((await browser.get(address)).location);
    const answer = await browser.submit(form, 'login', ada);
    expect(answer.text).toContain(`PreAuthentication ${message}`);
    expect(answer.headers.get('location')).toBeNull();
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('that throws over the tokens leaves the client without any', async () => {
    running.on('PreTokenGeneration', () => Promise.reject(new Error('No tokens!')));
    const authorization = await authorize(party);
    const callback = await fillIn(openFormBrowser(running.url), authorization.address, ada);
    await expect(authorization.finish(callback)).rejects.toMatchObject({
      error: 'invalid_request',
      error_description: 'PreTokenGeneration failed with error No tokens!.',
    });
  });
});
