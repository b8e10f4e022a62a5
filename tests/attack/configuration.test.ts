import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../lib/config.ts';
import { realUserPool, sessionSecret } from '../support/configuration.ts';

type Variables = Record<string, string | undefined>;

/** What a deployment on a real user pool is told, but for the changes. */
function problemsOf(changes: Variables, base: Variables = realUserPool): readonly string[] {
  try {
    parseConfig({ ...base, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

it('IF-10 the environment that the cases below change is accepted as it is', () => {
  expect(problemsOf({})).toEqual([]);
});

it.each(['COGNITO_USER_POOL_ID', 'COGNITO_CLIENT_ID', 'COGNITO_DOMAIN', 'SESSION_SECRET'])(
  'IF-10 %s missing or blank is reported as not set',
  (name) => {
    for (const value of [undefined, '', '   ', '\t', '""', "''"]) {
      expect(problemsOf({ [name]: value })).toContainEqual(expect.stringMatching(`^${name} is not set`));
    }
  },
);

it.each([
  ['APP_URL', 'app.example.com'],
  ['APP_URL', 'ftp://app.example.com'],
  ['APP_URL', 'https://app.example.com/path'],
  ['APP_URL', 'https://app.example.com/?query'],
  ['APP_URL', 'https://app.example.com/#fragment'],
  ['APP_URL', 'https://user:word@app.example.com'],
  ['APP_URL', 'javascript:alert(1)'],
  ['COGNITO_USER_POOL_ID', 'XyZ123'],
  ['COGNITO_USER_POOL_ID', 'ap-south-2'],
  ['COGNITO_USER_POOL_ID', 'ap-south-2_'],
  ['COGNITO_USER_POOL_ID', 'eu-west-1_Ab/Cd'],
  ['COGNITO_USER_POOL_ID', 'eu-west-1_AbCd.attacker.example'],
  ['COGNITO_USER_POOL_ID', 'arn:aws:cognito-idp:eu-west-1:1:userpool/eu-west-1_AbCdEfGhI'],
  ['COGNITO_USER_POOL_ID', `eu-west-1_${'A'.repeat(60)}`],
  ['COGNITO_CLIENT_ID', 'my client'],
  ['COGNITO_CLIENT_ID', 'a'.repeat(129)],
  ['COGNITO_CLIENT_SECRET', 'too-short'],
  ['COGNITO_CLIENT_SECRET', `${'a1'.repeat(20)} `.repeat(2)],
  ['COGNITO_DOMAIN', 'example.auth.eu-west-1.amazoncognito.com'],
  ['COGNITO_DOMAIN', 'https://example.auth.eu-west-1.amazoncognito.com/?query'],
  ['COGNITO_DOMAIN', 'https://user:word@example.auth.eu-west-1.amazoncognito.com'],
  ['COGNITO_ISSUER', 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI'],
  ['COGNITO_ISSUER', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/'],
  ['COGNITO_API_CLIENT_IDS', 'one,,two'],
  ['COGNITO_API_CLIENT_IDS', 'one two'],
  ['COGNITO_API_CLIENT_IDS', ','],
  ['SESSION_DAYS', 'thirty'],
  ['SESSION_DAYS', '0'],
  ['SESSION_DAYS', '-1'],
  ['SESSION_DAYS', '1.5'],
  ['SESSION_DAYS', '1e3'],
  ['SESSION_DAYS', '3651'],
])('IF-10 %s=%s is refused by name and without its value', (name, value) => {
  const problems = problemsOf({ [name]: value });
  expect(problems).toContainEqual(expect.stringMatching(`^${name} must`));
  if (value.length > 5) expect(problems.join()).not.toContain(value.trim());
});

it('IF-10 one wrong value is one problem', () => {
  for (const name of ['SESSION_DAYS', 'SESSION_IDLE_MINUTES'])
    expect(problemsOf({ [name]: 'many' })).toEqual([
      expect.stringMatching(`^${name} must be a whole number`),
    ]);
});

it('IF-10 quotes and spaces around a value are no part of it', () => {
  const plain = parseConfig(realUserPool);
  for (const wrap of [
    (text: string) => `"${text}"`,
    (text: string) => `'${text}'`,
    (text: string) => ` ${text} `,
  ]) {
    const wrapped = Object.entries(realUserPool).map(([name, value]) => [name, wrap(value)]);
    expect(parseConfig(Object.fromEntries(wrapped))).toEqual(plain);
  }
});

it('IF-10 a blank optional value is the same as none', () => {
  const blank = { COGNITO_CLIENT_SECRET: ' ', COGNITO_API_CLIENT_IDS: '""', SESSION_DAYS: '' };
  expect(parseConfig({ ...realUserPool, ...blank })).toEqual(
    parseConfig({ ...realUserPool, COGNITO_CLIENT_SECRET: undefined }),
  );
});

it('IF-10 all problems are in one message, whatever kind they are of', () => {
  const problems = problemsOf({
    APP_URL: 'http://app.example.com',
    COGNITO_USER_POOL_ID: 'nowhere',
    COGNITO_CLIENT_ID: undefined,
    COGNITO_DOMAIN: 'http://127.0.0.1:9229/pool',
    SESSION_SECRET: 'short',
    SESSION_DAYS: 'many',
  });
  const about = [
    'APP_URL',
    'COGNITO_USER_POOL_ID',
    'COGNITO_CLIENT_ID',
    'SESSION_SECRET must',
    'SESSION_DAYS',
  ];
  for (const name of [...about, 'a production application refuses']) {
    expect(problems).toContainEqual(expect.stringMatching(`^${name} `));
  }
  expect(new ConfigError(problems).message.split('\n')).toHaveLength(problems.length + 1);
});

it.each([
  ['shorter than 32 characters', 'q7Zt0XxV1mKfWb3Jr8Lh5Gd2Py9Nc4U'],
  ['one letter', 'a'.repeat(64)],
  ['few letters', 'abcdefgh'.repeat(8)],
  ['a sample', 'replace-me-with-32-random-characters!'],
  ['a sample in capitals', 'CHANGEME-q7Zt0XxV1mKfWb3Jr8Lh5Gd2Py9Nc'],
  ['the word secret', 'my-very-secret-q7Zt0XxV1mKfWb3Jr8Lh5'],
  ['the word password', 'password-q7Zt0XxV1mKfWb3Jr8Lh5Gd2Py9Nc'],
  ['a weak one among good ones', `2:${sessionSecret},1:${'a'.repeat(40)}`],
  ['a short one among good ones', `2:${sessionSecret},1:short`],
  ['a list without numbers', `${sessionSecret},${sessionSecret}`],
  ['a list that is numbered in part', `2:${sessionSecret},${sessionSecret}`],
  ['a number used twice', `1:${sessionSecret},1:${sessionSecret}x`],
  ['a number that no seal can name', `01:${sessionSecret}`],
])('IF-10 a session secret that is %s is refused without being printed', (_, secret) => {
  const problems = problemsOf({ SESSION_SECRET: secret });
  expect(problems).toEqual([expect.stringMatching(/^SESSION_SECRET (must|is a sample)/)]);
  expect(problems.join()).not.toContain(secret.slice(0, 12));
});

it.each([
  ['the output of openssl rand -base64 32', 'mD3lqX0bWl4VqzW0hP3o6M0kq3o0H5Q6aYQ1wC1y1m4='],
  ['64 hexadecimal digits', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['several, numbered', `2:${sessionSecret},1:mD3lqX0bWl4VqzW0hP3o6M0kq3o0H5Q6aYQ1wC1y1m4=`],
])('IF-10 a session secret that is %s is accepted', (_, secret) => {
  expect(problemsOf({ SESSION_SECRET: secret })).toEqual([]);
});

it.each(['http://app.example.com', 'http://10.0.0.1', 'http://localhost.example.com', 'http://0.0.0.0:3000'])(
  'BS-01 an application at %s refuses to start',
  (appUrl) => {
    expect(problemsOf({ APP_URL: appUrl })).toEqual(['APP_URL must be https, except on localhost']);
  },
);

it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
  'BS-01 an application at %s sets cookies without Secure and prefix, and one on https with both',
  (appUrl) => {
    expect(parseConfig({ ...realUserPool, APP_URL: appUrl }).secureCookies).toBe(false);
    expect(parseConfig(realUserPool).secureCookies).toBe(true);
  },
);

const poolsOnThisMachine = [
  'http://localhost:9229/us-east-1_Cabana001',
  'http://127.0.0.1:9229/us-east-1_Cabana001',
  'http://[::1]:9229/us-east-1_Cabana001',
  'https://localhost:9229/us-east-1_Cabana001',
];
const refusal = expect.stringMatching(
  /^a production application refuses a user pool on localhost or plain http/,
);

it.each(poolsOnThisMachine)('LP-01 a production application refuses %s as issuer or domain', (url) => {
  expect(problemsOf({ COGNITO_ISSUER: url })).toEqual([refusal]);
  expect(problemsOf({ COGNITO_DOMAIN: url })).toEqual([refusal]);
  const onLoopback = { APP_URL: 'http://localhost:3000', COGNITO_ISSUER: url, COGNITO_DOMAIN: url };
  expect(problemsOf({ ...onLoopback, NODE_ENV: 'production' })).toEqual([refusal]);
  expect(problemsOf({ ...onLoopback, NODE_ENV: 'development' })).toEqual([]);
});

it('LP-01 it takes ALLOW_INSECURE_USER_POOL=true to do so', () => {
  const pool = { COGNITO_ISSUER: poolsOnThisMachine[0], COGNITO_DOMAIN: poolsOnThisMachine[0] };
  expect(problemsOf({ ...pool, ALLOW_INSECURE_USER_POOL: 'true' })).toEqual([]);
});

it.each(['1', 'yes', 'TRUE', 'false', ''])('LP-01 ALLOW_INSECURE_USER_POOL=%s does not', (flag) => {
  const pool = { COGNITO_ISSUER: poolsOnThisMachine[0], COGNITO_DOMAIN: poolsOnThisMachine[0] };
  expect(problemsOf({ ...pool, ALLOW_INSECURE_USER_POOL: flag })).toEqual([refusal]);
});

it('LP-01 a production application with nothing configured refuses the local pool', () => {
  const base = { SESSION_SECRET: sessionSecret };
  expect(problemsOf({ NODE_ENV: 'production' }, base)).toEqual([refusal]);
  expect(problemsOf({ APP_URL: 'https://app.example.com' }, base)).toEqual([refusal]);
  expect(problemsOf({}, base)).toEqual([]);
});

it('LP-01 a user pool on plain http elsewhere is refused even with the flag', () => {
  const problems = problemsOf({
    COGNITO_DOMAIN: 'http://pool.example.com',
    ALLOW_INSECURE_USER_POOL: 'true',
  });
  expect(problems).toEqual(['COGNITO_DOMAIN must be https, except on localhost']);
});

it('IF-10 a process with a wrong configuration prints it and ends with exit code 1', () => {
  const program =
    "import('./lib/check-config.ts').then(({ checkConfig }) => { checkConfig(); process.stdout.write('went on'); })";
  const env = { ...process.env, SESSION_SECRET: 'short-and-secret', COGNITO_CLIENT_ID: 'x' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], { env, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('COGNITO_USER_POOL_ID is not set');
  expect(stderr).toContain('SESSION_SECRET must have at least 32 characters');
  expect(stderr).not.toContain('short-and-secret');
  expect(stderr).not.toMatch(/\n\s+at /);
});
