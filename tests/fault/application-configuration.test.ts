import { once } from 'node:events';
import { expect, test } from 'vitest';
import { freePort, randomSecret, spawnApp } from '../support/app.ts';

const good = {
  APP_URL: 'https://app.example.com',
  COGNITO_USER_POOL_ID: 'eu-west-1_AbCdEfGhI',
  COGNITO_CLIENT_ID: '1example23456789',
  COGNITO_CLIENT_SECRET: '1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0t1u2v3w4x5y6',
  COGNITO_DOMAIN: 'https://example.auth.eu-west-1.amazoncognito.com',
  SESSION_SECRET: randomSecret(),
};

/** Starts the application with these variables and waits for it to give up. */
async function refusal(changes: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { child, output } = spawnApp(await freePort(), { ...good, ...changes });
  const [code] = (await once(child, 'exit', { signal: AbortSignal.timeout(10_000) })) as [number | null];
  return { code, output: output() };
}

test('IF-10 every problem is named in one message, the exit code is 1 and no value is printed', async () => {
  const wrong = {
    APP_URL: 'https://app.example.com/with/a-path',
    COGNITO_USER_POOL_ID: 'not a pool',
    COGNITO_CLIENT_ID: '',
    COGNITO_CLIENT_SECRET: 'tooShortButASecret',
    COGNITO_DOMAIN: 'ftp://files.example.com',
    SESSION_SECRET: '',
    SESSION_DAYS: 'thirty',
  };
  const { code, output } = await refusal(wrong);
  expect(code).toBe(1);
  expect(output).toMatch(/The configuration has \d+ problems:/);
  for (const name of Object.keys(wrong)) expect(output).toMatch(new RegExp(`^ {2}- ${name} `, 'm'));
  for (const value of Object.values(wrong).filter(Boolean)) expect(output).not.toContain(value);
  expect(output.split('The configuration has')).toHaveLength(2);
  expect(output).not.toMatch(/\n\s+at /);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['an app URL that is no URL', { APP_URL: 'app.example.com' }, /APP_URL must be an http or https URL/],
  ['an app URL with a query', { APP_URL: 'https://app.example.com/?x' }, /APP_URL must have no query/],
  [
    'an app URL with a user name',
    { APP_URL: 'https://me:pw@app.example.com' },
    /APP_URL must have no query, fragment or user name/,
  ],
  [
    'an app URL over plain http',
    { APP_URL: 'http://app.example.com' },
    /APP_URL must be https, except on localhost/,
  ],
  [
    'a user pool ID without its region',
    { COGNITO_USER_POOL_ID: 'Zz9Yy8Xx7' },
    /COGNITO_USER_POOL_ID must look like/,
  ],
  [
    'a user pool over plain http',
    { COGNITO_DOMAIN: 'http://login.example.com' },
    /COGNITO_DOMAIN must be https/,
  ],
  [
    'a user pool on localhost',
    { COGNITO_DOMAIN: 'http://localhost:9229' },
    /refuses a user pool on localhost/,
  ],
  [
    'an issuer with a slash at its end',
    { COGNITO_ISSUER: 'https://issuer.example.com/' },
    /COGNITO_ISSUER must have no trailing slash/,
  ],
  ['a missing domain', { COGNITO_DOMAIN: '   ' }, /COGNITO_DOMAIN is not set/],
  ['API clients that are no list', { COGNITO_API_CLIENT_IDS: 'one two' }, /COGNITO_API_CLIENT_IDS must be/],
  ['no session secret', { SESSION_SECRET: '""' }, /SESSION_SECRET is not set/],
  [
    'a short session secret',
    { SESSION_SECRET: 'q7Zt0XxV1mKfWb3J' },
    /SESSION_SECRET must have at least 32 characters/,
  ],
  [
    'a sample as the session secret',
    { SESSION_SECRET: 'replace-me-with-a-long-random-string-please' },
    /SESSION_SECRET is a sample/,
  ],
  [
    'a session secret of one letter',
    { SESSION_SECRET: 'a'.repeat(40) },
    /SESSION_SECRET is a sample or too easy to guess/,
  ],
  ['a session of no days', { SESSION_DAYS: '0' }, /SESSION_DAYS must be between 1 and 3650/],
])('IF-10 the application does not start with %s', async (_, changes, message) => {
  const { code, output } = await refusal(changes);
  expect(code).toBe(1);
  expect(output).toMatch(message);
  for (const value of Object.values(changes).filter((text) => text.trim().length > 2)) {
    expect(output.replace(/- Local:.*|- Network:.*/g, '')).not.toContain(value);
  }
});
