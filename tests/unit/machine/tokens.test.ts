import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Config } from '../../../lib/config.ts';
import type { TokenCounts } from '../../../lib/machine/token-usage.ts';
import { createMachineTokens, type MachineTokens } from '../../../lib/machine/tokens.ts';
import { configurationFor } from '../../support/configuration.ts';
import { sendJson, startUserPoolServer, type UserPoolServer } from '../../support/user-pool-server.ts';

const client = { clientId: 'service1', clientSecret: 'servicesecret00000000000000000001' };
const scopes = ['notes/read'];

let pool: UserPoolServer;
let config: Config;
let tokens: MachineTokens;
/** Milliseconds, as the clock of the tokens shows them. */
let time: number;
let counted: TokenCounts;
let logged: string;

beforeEach(async () => {
  logged = '';
  for (const stream of ['log', 'error'] as const)
    vi.spyOn(console, stream).mockImplementation((line) => {
      logged += `${line}\n`;
    });
  pool = await startUserPoolServer();
  pool.answers.token = issues();
  config = configurationFor(pool.issuer, 'web1');
  time = 5_000_000;
  counted = { calls: 0, cache_hits: 0, token_requests: 0, tokens_issued: 0, failures: 0 };
  tokens = freshTokens();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await pool.close();
});

const freshTokens = (random = () => 1, now: (() => number) | undefined = () => time) =>
  createMachineTokens(
    config,
    client,
    (id, counts) => {
      expect(id).toBe(client.clientId);
      for (const name of Object.keys(counts) as (keyof TokenCounts)[]) counted[name] += counts[name] ?? 0;
    },
    now,
    random,
  );

/** A token of another text each time, as the user pool issues it. */
function issues(members: Record<string, unknown> = {}): UserPoolServer['answers']['token'] {
  return (response, form) => {
    const access_token = `token-${pool.calls.token}`;
    sendJson({ access_token, token_type: 'Bearer', expires_in: 3_600, ...members })(response, form);
  };
}
const page =
  (status: number, headers = {}): UserPoolServer['answers']['token'] =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Sorry</h1>');
const refusesWith = (error: string, status = 400) => sendJson({ error }, status);

const failure = (scopeSet = scopes) =>
  tokens.token(scopeSet).then(
    () => 'a token',
    (error: { code: string }) => error.code,
  );
/** Until the renewal that nobody waits for has come back. */
const renewed = (calls: number) => expect.poll(() => counted.tokens_issued, { timeout: 10_000 }).toBe(calls);
const failedAgain = (calls: number) =>
  expect.poll(() => logged.split('"machine_').length - 1, { timeout: 10_000 }).toBe(calls);

describe('one token for many calls', () => {
  it('10,000 calls at once are one token request, and 10,000 after them none', async () => {
    const first = await Promise.all(Array.from({ length: 10_000 }, () => tokens.token(scopes)));
    const second = await Promise.all(Array.from({ length: 10_000 }, () => tokens.token(scopes)));
    expect(new Set([...first, ...second])).toEqual(new Set(['token-1']));
    expect(pool.calls.token).toBe(1);
    const counts = { calls: 20_000, cache_hits: 19_999, token_requests: 1, tokens_issued: 1, failures: 0 };
    expect(counted).toEqual(counts);
  });

  it('10,000 calls at once of a failing user pool are one token request as well', async () => {
    pool.answers.token = page(500);
    const outcomes = await Promise.all(Array.from({ length: 10_000 }, () => failure()));
    expect(new Set(outcomes)).toEqual(new Set(['machine_token_unavailable']));
    expect(pool.calls.token).toBe(1);
    expect(counted).toMatchObject({ calls: 10_000, failures: 10_000, cache_hits: 0, tokens_issued: 0 });
  });

  it('the order of scopes and their repetition make no difference, and another set has a token of its own', async () => {
    const one = await tokens.token(['notes/write', 'notes/read']);
    expect(await tokens.token(['notes/read', 'notes/write', 'notes/read'])).toBe(one);
    expect(await tokens.token(['notes/read'])).not.toBe(one);
    expect(pool.calls.forms.map((form) => form.get('scope'))).toEqual([
      'notes/read notes/write',
      'notes/read',
    ]);
  });

  it('the app client proves itself by HTTP Basic, and its secret is in no form', async () => {
    await tokens.token([]);
    expect(Object.fromEntries(pool.calls.forms[0] ?? [])).toEqual({ grant_type: 'client_credentials' });
    const credentials = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
    expect(pool.calls.headers[0]?.authorization).toBe(`Basic ${credentials}`);
  });
});

describe('the life of a token', () => {
  it('it is served until 75 % of its life; after that it is served while another is asked for once', async () => {
    await tokens.token(scopes);
    time += 2_699_000;
    expect(await tokens.token(scopes)).toBe('token-1');
    expect(pool.calls.token).toBe(1);
    time += 2_000;
    const served = await Promise.all(Array.from({ length: 100 }, () => tokens.token(scopes)));
    expect(new Set(served)).toEqual(new Set(['token-1']));
    await renewed(2);
    expect(await tokens.token(scopes)).toBe('token-2');
    expect(pool.calls.token).toBe(2);
  });

  it('after the whole of its life it is served to nobody', async () => {
    await tokens.token(scopes);
    time += 3_600_000;
    expect(await tokens.token(scopes)).toBe('token-2');
  });

  it('its life begins when it is asked for, not when a slow answer arrives', async () => {
    pool.answers.token = (response, form) => {
      time += 4_000;
      issues()(response, form);
    };
    await tokens.token(scopes);
    pool.answers.token = page(500);
    time += 3_596_000;
    expect(await failure()).toBe('machine_token_unavailable');
  });

  it.each([
    ['missing', undefined, 300],
    ['zero', 0, 300],
    ['a text', '600', 600],
    ['ten years', 315_360_000, 86_400],
    ['a few seconds', 8, 8],
  ])('expires_in %s', async (_, expires_in, seconds) => {
    pool.answers.token = issues({ expires_in });
    await tokens.token(scopes);
    time += seconds * 750 - 1;
    await tokens.token(scopes);
    expect(pool.calls.token).toBe(1);
    time += seconds * 250 + 1;
    expect(await tokens.token(scopes)).toBe('token-2');
  });

  it.each([
    ['a negative expires_in', { expires_in: -5 }],
    ['an expires_in that is no number', { expires_in: 'soon' }],
    ['a token that no header can carry', { access_token: 'eyJ\r\nx-admin: 1' }],
    ['no token', { access_token: undefined }],
    ['another type of token', { token_type: 'mac' }],
  ])('an answer with %s brings no token', async (_, members) => {
    pool.answers.token = issues(members);
    expect(await failure()).toBe('machine_token_unavailable');
    expect(await failure()).toBe('machine_token_unavailable');
    expect(pool.calls.token).toBe(1);
  });

  it('a clock of the machine that is set changes nothing', async () => {
    let monotonic = 1_000;
    vi.spyOn(performance, 'now').mockImplementation(() => monotonic);
    vi.useFakeTimers({ toFake: ['Date'] });
    tokens = createMachineTokens(config, client, () => {});
    await tokens.token(scopes);
    vi.setSystemTime(Date.now() - 86_400_000);
    monotonic += 3_599_000;
    expect(await tokens.token(scopes)).toBe('token-1');
    await expect.poll(() => pool.calls.token).toBe(2);
    vi.setSystemTime(Date.now() + 20 * 86_400_000);
    await expect.poll(() => tokens.token(scopes)).toBe('token-2');
    monotonic += 3_600_000;
    expect(await tokens.token(scopes)).toBe('token-3');
  });
});

describe('a user pool that fails', () => {
  const transient: [string, UserPoolServer['answers']['token']][] = [
    ['429', page(429)],
    ['429 with an OAuth error', refusesWith('invalid_client', 429)],
    ['500', page(500)],
    ['503 with an OAuth error', refusesWith('invalid_client', 503)],
    ['a page with status 200', page(200)],
    ['a proxy that asks for a password', page(401, { 'www-authenticate': 'Basic realm="proxy"' })],
    ['a connection that is reset', (response) => response.socket?.resetAndDestroy()],
  ];

  it.each(transient)(
    '%s: after the end of a life there is a coded error, and no more requests than the back-off allows',
    async (_, answer) => {
      pool.answers.token = answer;
      for (let second = 0; second < 120; second += 1) {
        expect(await failure()).toBe('machine_token_unavailable');
        time += 1_000;
      }
      // At 0, 1, 3, 7, 15, 31 and 63 seconds.
      expect(pool.calls.token).toBe(7);
      pool.answers.token = issues();
      time += 60_000;
      expect(await tokens.token(scopes)).toBe('token-8');
    },
  );

  it('a user pool that hangs is given up after five seconds, for all who wait', async () => {
    pool.answers.token = () => {};
    const start = performance.now();
    expect(await Promise.all([failure(), failure()])).toEqual(Array(2).fill('machine_token_unavailable'));
    expect(performance.now() - start).toBeLessThan(8_000);
    expect(pool.calls.token).toBe(1);
  });

  it('Retry-After is waited for, in seconds and as a date, and five minutes at the most', async () => {
    const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();
    for (const [value, wait] of [
      ['40', 40],
      [at(120), 118],
      ['86400', 300],
    ] as const) {
      tokens = freshTokens();
      const before = pool.calls.token;
      pool.answers.token = page(429, { 'retry-after': value });
      await failure();
      time += wait * 1_000 - 1;
      await failure();
      expect(pool.calls.token).toBe(before + 1);
      time += 4_000;
      await failure();
      expect(pool.calls.token).toBe(before + 2);
    }
  });

  it('a failed renewal leaves the token in service until its end, and is repeated as the back-off says', async () => {
    await tokens.token(scopes);
    pool.answers.token = page(429);
    time += 2_700_000;
    for (let second = 0; second < 900; second += 1) {
      expect(await tokens.token(scopes)).toBe('token-1');
      // The renewal that nobody waits for has to be back before the clock goes on.
      await failedAgain(counted.token_requests - 1);
      time += 1_000;
    }
    // At 0, 1, 3, 7, 15, 31 and 63 seconds, and every minute from then on.
    expect(pool.calls.token - 1).toBe(20);
    expect(await failure()).toBe('machine_token_unavailable');
    expect(counted).toMatchObject({ calls: 902, cache_hits: 900, failures: 1, tokens_issued: 1 });
  });

  it('a renewal that succeeds makes the next failure wait a second only', async () => {
    pool.answers.token = page(500);
    for (const wait of [1_000, 2_000, 4_000]) {
      await failure();
      time += wait;
    }
    pool.answers.token = issues();
    await tokens.token(scopes);
    pool.answers.token = page(500);
    time += 3_600_000;
    await failure();
    time += 1_000;
    pool.answers.token = issues();
    expect(await tokens.token(scopes)).toBe('token-6');
  });

  it('one set of scopes that rests does not keep another waiting', async () => {
    pool.answers.token = page(500);
    await failure(['notes/write']);
    pool.answers.token = issues();
    expect(await tokens.token(scopes)).toBe('token-2');
  });
});

describe('a user pool that refuses', () => {
  it.each([
    ['invalid_client', 400],
    ['invalid_client', 401],
    ['unauthorized_client', 400],
    ['invalid_grant', 400],
    ['invalid_scope', 400],
  ])('%s with status %d rests for a minute and has a code of its own', async (error, status) => {
    pool.answers.token = refusesWith(error, status);
    const outcomes: string[] = [];
    for (let second = 0; second < 60; second += 1) {
      outcomes.push(await failure());
      time += 1_000;
    }
    expect(new Set(outcomes)).toEqual(new Set(['machine_client_refused']));
    expect(pool.calls.token).toBe(1);
    expect(logged).toContain(`"machine_client_refused","client":"service1","error":"${error}"`);
    pool.answers.token = issues();
    expect(await tokens.token(scopes)).toBe('token-2');
  });

  it('a token that is held is good until its end', async () => {
    await tokens.token(scopes);
    pool.answers.token = refusesWith('invalid_client');
    time += 3_000_000;
    expect(await tokens.token(scopes)).toBe('token-1');
    await failedAgain(1);
    time += 10_000;
    expect(await tokens.token(scopes)).toBe('token-1');
    expect(pool.calls.token).toBe(2);
  });
});

describe('a token that a service refused', () => {
  it('is dropped, and another is asked for', async () => {
    const refused = await tokens.token(scopes);
    expect(tokens.drop(scopes, refused)).toBe(true);
    expect(await tokens.token(scopes)).toBe('token-2');
  });

  it('a service that refuses every token costs one request a minute', async () => {
    for (let second = 0; second < 120; second += 1) {
      const token = await tokens.token(scopes);
      if (tokens.drop(scopes, token)) await tokens.token(scopes);
      time += 1_000;
    }
    expect(pool.calls.token).toBe(3);
  });

  it('an older token than the one that is held drops nothing', async () => {
    const refused = await tokens.token(scopes);
    tokens.drop(scopes, refused);
    await tokens.token(scopes);
    time += 60_000;
    expect(tokens.drop(scopes, refused)).toBe(true);
    expect(await tokens.token(scopes)).toBe('token-2');
  });

  it('is kept while the user pool is left alone: nothing better can be had', async () => {
    const held = await tokens.token(scopes);
    pool.answers.token = page(500);
    time += 2_700_000;
    await tokens.token(scopes);
    await failedAgain(1);
    expect(tokens.drop(scopes, held)).toBe(false);
    expect(await tokens.token(scopes)).toBe(held);
  });
});

it('IF-11 no token and no secret is in a log or in an error', async () => {
  const secret = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZXJ2aWNlIn0.c2lnbmF0dXJl';
  pool.answers.token = issues({ access_token: secret });
  await tokens.token(scopes);
  pool.answers.token = sendJson({ error: 'invalid_client', error_description: secret }, 400);
  time += 3_600_000;
  const error = await tokens.token(scopes).catch((caught: Error) => caught);
  expect(String(error)).toBe('AppError: machine_client_refused: invalid_client');
  expect(logged).toContain('machine_client_refused');
  for (const text of [secret, client.clientSecret]) expect(logged).not.toContain(text);
});
