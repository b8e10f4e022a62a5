import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';
import { sealedSession } from '../../support/sealed-session.ts';
import { type Specimen, tokenCorpus } from '../../support/token-corpus.ts';

let pool: HostileUserPool;
let app: RunningApp;
const tokens: string[] = [];

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

const now = Math.floor(Date.now() / 1_000);
const corpus = tokenCorpus(now);

async function tokenOf({ change = {}, respell = (token) => token }: Specimen): Promise<string> {
  const issued = await pool.tokens({ nonce: undefined }, { access: change });
  const token = respell(String(issued.access_token));
  tokens.push(token);
  return token;
}

interface Verdict {
  accepted: boolean;
  /** What the log says of a refusal. */
  reason?: string;
  kid?: string;
}

/**
 * What the log says of the refusal since then; the line may come after the answer. While the middleware says 503, the page that
 * says so may have judged already, by keys of its own.
 */
async function refusalSince(offset: number): Promise<Pick<Verdict, 'reason' | 'kid'>> {
  const lines = () =>
    app
      .output()
      .slice(offset)
      .split('\n')
      .filter((line) => line.includes('"token_rejected"') && line.endsWith('}'));
  const verdicts = () => [
    ...new Set(lines().map((line) => JSON.stringify([JSON.parse(line).reason, JSON.parse(line).kid]))),
  ];
  await expect.poll(() => verdicts().length, { timeout: 5_000 }).toBe(1);
  const [reason, kid] = JSON.parse(verdicts()[0] ?? '[]');
  return { reason, kid };
}

/** The key set may be fetched every ten seconds: until then nothing is said about a key that is not in it. */
async function untilJudged<Answer extends { status: number }>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await setTimeout(500);
  }
}

/** By the API, on Node.js. */
async function judgedByApi(token: string): Promise<{ accepted: boolean }> {
  const { status, text } = await untilJudged(() =>
    rawRequest(app.address, '/api/v1/me', { authorization: `Bearer ${token}` }),
  );
  const body = JSON.parse(text) as { code?: string };
  if (status !== 200) expect([status, body.code]).toEqual([401, 'invalid_token']);
  return { accepted: status === 200 };
}

/** By the middleware, on the edge runtime: as a session’s token that need not be refreshed yet. */
async function judgedByMiddleware(token: string): Promise<{ accepted: boolean }> {
  const browser = openBrowser(app);
  const session = { accessToken: token, claims: { sub: pool.sub }, refreshDueAt: now + 3_600 };
  browser.jar.plant('localhost', await sealedSession(app, session, crypto.randomUUID()));
  pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant' } }));
  const answer = await untilJudged(() => browser.get('/home'));
  pool.onToken(undefined);
  if (answer.status !== 200) {
    const page = await browser.follow(answer);
    expect(page.url.search).toBe('?returnTo=%2Fhome&reason=ended');
    expect(browser.cookies()).toEqual({});
  }
  return { accepted: answer.status === 200 };
}

/** A token that has ended is no suspicious one: that is in no log. */
const isLogged = ({ good, name }: Specimen): boolean => !good && name !== 'that has ended';

async function verdictOn(specimen: Specimen, judge: () => Promise<{ accepted: boolean }>): Promise<Verdict> {
  const offset = app.output().length;
  const verdict = await judge();
  return isLogged(specimen) ? { ...verdict, ...(await refusalSince(offset)) } : verdict;
}

describe('TV-16', () => {
  test('TV-16 there are forty tokens, good and bad', () => {
    expect(corpus).toHaveLength(40);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(40);
    expect(corpus.filter(({ good }) => good)).toHaveLength(6);
  });

  test.each(corpus)(
    'TV-16 a token $name has one verdict, in the middleware and in the API',
    async (specimen) => {
      const token = await tokenOf(specimen);
      const edge = await verdictOn(specimen, () => judgedByMiddleware(token));
      const node = await verdictOn(specimen, () => judgedByApi(token));
      expect(node.accepted).toBe(specimen.good);
      expect(edge).toEqual(node);
      if (isLogged(specimen)) expect(node.reason).toMatch(/^[a-zA-Z_ ]{3,30}$/);
    },
    60_000,
  );

  test('TV-16 the log names checks and keys, and holds no token, no part of one and no claim', () => {
    const output = app.output();
    expect(output).toContain('"kid":"hostile-1"');
    expect(output).toContain('"kid":"nobody-knows"');
    expect(tokens.length).toBeGreaterThanOrEqual(40);
    const pieces = tokens
      .flatMap((token) => [token, ...token.split('.')])
      .filter(({ length }) => length > 20);
    expect(pieces.filter((piece) => output.includes(piece))).toEqual([]);
    expect(output).not.toMatch(/otherclient|us-east-1_Other0001|mallory|"admins"/);
  });
});
