import { sealData } from 'iron-session';
import { encode } from 'next-auth/jwt';
import { beforeEach, expect, it, vi } from 'vitest';
import { log, logSampled } from '../../lib/log.ts';
import { enterRequest, outsideRequests } from '../../lib/request-scope.ts';
import { sessionSecret } from '../support/configuration.ts';
import { cognitoClaims, makeSigningKey, signToken } from '../support/signed-tokens.ts';

let output: string[];
let problems: string[];
beforeEach(() => {
  output = [];
  problems = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void output.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void problems.push(line));
});

/** The one line that was written. */
function line(text: string): string {
  log('warn', 'event', { text });
  const [written] = problems;
  expect(problems).toHaveLength(1);
  return written ?? '';
}

it('a line is one JSON object with time, level, event and fields', () => {
  log('info', 'session_opened', { session: 'abc', count: 3, rotated: true, missing: undefined });
  expect(output).toHaveLength(1);
  expect(JSON.parse(output[0] ?? '')).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    level: 'info',
    event: 'session_opened',
    session: 'abc',
    count: 3,
    rotated: true,
  });
});

it('a line that is written for a request carries its id, whatever the fields say', async () => {
  await Promise.resolve().then(() => {
    enterRequest('the-id-of-this-request', "default-src 'none'");
    log('info', 'a', { request: 'another' });
    outsideRequests(() => log('info', 'b'));
  });
  log('info', 'c');
  const requests = output.map((text) => (JSON.parse(text) as { request?: string }).request);
  expect(requests).toEqual(['the-id-of-this-request', undefined, undefined]);
});

it('information goes to standard output, everything else to standard error', () => {
  log('info', 'a');
  log('warn', 'b');
  log('error', 'c');
  expect(output.map((text) => JSON.parse(text).event)).toEqual(['a']);
  expect(problems.map((text) => JSON.parse(text).event)).toEqual(['b', 'c']);
});

const accessToken = signToken(
  cognitoClaims('https://issuer.example', 1_800_000_000).access,
  makeSigningKey('k'),
);
const jwe = `eyJhbGciOiJSU0EtT0FFUCJ9.${'a'.repeat(342)}.abcdefghijklmnop.${'b'.repeat(400)}.qrstuvwxyzABCDEF12`;

it.each([
  ['on its own', accessToken],
  ['inside a sentence', `The token ${accessToken} was refused.`],
  ['after a scheme', `Bearer ${accessToken}`],
  ['in JSON', JSON.stringify({ access_token: accessToken })],
  ['twice', `${accessToken} ${accessToken}`],
  ['behind a long text', `${'x'.repeat(180)} ${accessToken}`],
])('an access token %s is not printed', (_, text) => {
  const written = line(text);
  for (const part of accessToken.split('.')) expect(written).not.toContain(part.slice(0, 20));
});

it("a refresh token in Cognito's form is not printed", () => {
  const written = line(`refresh ${jwe} failed`);
  for (const part of jwe.split('.')) expect(written).not.toContain(part.slice(0, 16));
});

it("the secret parts of next-auth's cookies are not printed", async () => {
  const token = await encode({ token: { sub: 'ada' }, secret: sessionSecret });
  const written = line(`cookie ${token}`);
  for (const part of token.split('.').slice(2)) expect(written).not.toContain(part.slice(0, 16));
});

it('a seal is not printed', async () => {
  const seal = await sealData({ a: 1 }, { password: sessionSecret });
  const written = line(`cookie session=${seal}; other`);
  expect(written).not.toContain(seal.slice(0, 20));
  expect(written).not.toContain(seal.slice(-20));
});

it.each([
  'code',
  'state',
  'token',
  'secret',
  'password',
  'verifier',
  'access_token',
  'client_secret',
  'code_verifier',
])('the value of %s= in an address is not printed', (name) => {
  const written = line(`GET https://app.example.com/callback?${name}=hush-1234&x=1`);
  expect(written).not.toContain('hush-1234');
  expect(written).toContain('x=1');
});

it('a line feed, a carriage return or an escape cannot begin a second line', () => {
  const written = line('first\r\n{"level":"error","event":"forged"}\u001b[31m\u0000\u007f');
  expect(written).not.toMatch(/\p{Cc}/u);
  expect(written).not.toMatch(/\\[rnu]/);
});

it('a text is cut at 200 characters', () => {
  expect(JSON.parse(line('word '.repeat(200))).text).toHaveLength(200);
});

it('a text of 300,000 characters takes less than a second', () => {
  const start = performance.now();
  line('a'.repeat(300_000));
  expect(performance.now() - start).toBeLessThan(1_000);
});

it('LD-03 of an event that strangers cause a hundred lines a minute are written, and the rest is counted', () => {
  const event = crypto.randomUUID();
  for (let count = 0; count < 250; count += 1) logSampled('warn', event, { count }, 1_000 + count);
  expect(problems).toHaveLength(100);
  logSampled('warn', crypto.randomUUID(), {}, 1_500);
  expect(problems).toHaveLength(101);
  logSampled('warn', event, {}, 60_999);
  expect(problems).toHaveLength(101);
  logSampled('warn', event, {}, 61_000);
  expect(JSON.parse(problems.at(-1) ?? '')).toMatchObject({ event, left_out: 151 });
  logSampled('warn', event, {}, 61_001);
  expect(JSON.parse(problems.at(-1) ?? '')).not.toHaveProperty('left_out');
});
