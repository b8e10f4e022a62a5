import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

const people = ['anonymous', 'linus', 'grace', 'ada', 'expired'] as const;
type Person = (typeof people)[number];

/** What the user pool says of each: linus is in no group, grace has the plan pro, ada is an administrator. */
const claims: Partial<Record<Person, { groups: string[]; plan?: string }>> = {
  linus: { groups: [], plan: 'free' },
  grace: { groups: ['editors'], plan: 'pro' },
  ada: { groups: ['admins'] },
};

/** Status by person, in the order of `people`. */
const matrix: Record<string, readonly [number, number, number, number, number]> = {
  '/': [200, 200, 200, 200, 200],
  '/sign-in': [200, 307, 307, 307, 200],
  '/home': [303, 200, 200, 200, 303],
  '/home?tab=claims': [303, 200, 200, 200, 303],
  '/notes': [303, 200, 200, 200, 303],
  '/notes/new': [303, 200, 200, 200, 303],
  '/notes/none': [303, 404, 404, 404, 303],
  '/notes/edit': [303, 405, 405, 405, 303],
  '/admin': [303, 403, 403, 200, 303],
  '/pro': [303, 403, 200, 403, 303],
  '/account': [307, 307, 307, 307, 307],
  '/account/sessions': [303, 200, 200, 200, 303],
  '/account/password': [303, 200, 200, 200, 303],
  '/account/aws-credentials': [303, 200, 200, 200, 303],
  '/account/sessions/end': [303, 405, 405, 405, 303],
  '/account/password/change': [303, 405, 405, 405, 303],
  '/account/aws-credentials/get': [303, 405, 405, 405, 303],
  '/admin/sign-out': [303, 403, 403, 405, 303],
  '/admin/token-usage': [303, 403, 403, 200, 303],
  '/admin/downstream': [303, 403, 403, 200, 303],
  '/admin/below': [303, 403, 403, 404, 303],
  '/pro/below': [303, 403, 404, 403, 303],
  '/administration': [404, 404, 404, 404, 404],
  '/nothing-here': [404, 404, 404, 404, 404],
  '/errors/forbidden': [403, 403, 403, 403, 403],
  '/errors/unauthorized': [401, 401, 401, 401, 401],
};

/** Words that stand on one gated page alone. */
const protectedWords: Record<string, string> = {
  '/home': 'This is what your user pool says about you',
  '/notes': 'those that are shared with a group of yours',
  '/notes/new': 'Up to 10,000 characters',
  '/admin': 'a group that your access token names',
  '/admin/token-usage': 'Cognito bills every access token',
  '/admin/downstream': 'calls one service as itself',
  '/pro': 'a claim that your user pool makes about you',
  '/account/sessions': 'Sign out whatever you do not recognise',
  '/account/password': 'This application passes it on and forgets it',
  '/account/aws-credentials': 'temporary credentials of a role in AWS',
};

const decidesWhileItRenders = /^\/(sign-in|errors|account$|notes\/none$)/;

let pool: HostileUserPool;
let app: RunningApp;
const browsers = new Map<Person, Browser>();

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
  for (const person of people) {
    const browser = openBrowser(app);
    const { groups, plan } = claims[person] ?? {};
    if (groups) {
      pool.onToken(async (request) => ({
        body: await pool.tokens(request, {
          access: { claims: { 'cognito:groups': groups } },
          id: { claims: { 'cognito:groups': groups, 'custom:plan': plan } },
        }),
      }));
      await browser.signIn();
    }
    browsers.set(person, browser);
  }
  pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant' } }));
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

/** An administrator once, whose tokens have ended and whom the user pool does not know any more. */
async function expire(browser: Browser): Promise<void> {
  const issuedAt = Math.floor(Date.now() / 1_000) - 7_200;
  const { access_token, refresh_token } = await pool.tokens({ nonce: undefined }, { issuedAt });
  const session = { accessToken: String(access_token), claims: { sub: pool.sub, 'custom:plan': 'pro' } };
  browser.jar.plant('localhost', await sealedSession(app, session, String(refresh_token)));
}

async function visit(person: Person, path: string, form: 'get' | 'payload' | 'post'): Promise<Answer> {
  const browser = browsers.get(person) as Browser;
  if (person === 'expired') await expire(browser);
  return await browser[form](path);
}

function expectOnlyOwnWords(answer: Answer, path: string, allowed: boolean): void {
  for (const [page, words] of Object.entries(protectedWords)) {
    const expected = allowed && path.split('?')[0] === page;
    expect(answer.text.includes(words), `${page} in ${path}`).toBe(expected);
  }
}

for (const [path, statuses] of Object.entries(matrix)) {
  describe(`BS-16 ${path}`, () => {
    test.each(people.map((person, index) => [person, statuses[index] ?? 0] as const))(
      `BS-16 ${path} for %s: %i as a document, and never another page’s text`,
      async (person, status) => {
        const answer = await visit(person, path, 'get');
        expect(answer.status).toBe(status);
        expectOnlyOwnWords(answer, path, status === 200);
        if (status !== 303) return;
        const target = person === 'expired' ? '/api/session/ended' : '/sign-in';
        expect(answer.location?.href).toBe(`${app.url}${target}?returnTo=${encodeURIComponent(path)}`);
      },
    );

    test.each(people.map((person, index) => [person, statuses[index] ?? 0] as const))(
      `BS-16 ${path} for %s as a payload for the router: protected text only where the document has it`,
      async (person, status) => {
        const answer = await visit(person, path, 'payload');
        expectOnlyOwnWords(answer, path, status === 200);
        // What a page decides while it renders, Next.js tells the router inside a payload of status 200.
        expect(answer.status).toBe(status !== 303 && decidesWhileItRenders.test(path) ? 200 : status);
      },
    );
  });
}

describe('BS-16 forms', () => {
  const posted: [string, Person, number][] = [
    ['/home', 'anonymous', 401],
    ['/admin', 'anonymous', 401],
    ['/account/sessions/end', 'anonymous', 401],
    ['/account/sessions/end-everywhere', 'expired', 401],
    ['/account/password/change', 'anonymous', 401],
    ['/admin/sign-out', 'anonymous', 401],
    ['/admin/sign-out', 'linus', 403],
    ['/admin/sign-out', 'grace', 403],
    ['/home', 'expired', 401],
    ['/admin', 'linus', 403],
    ['/pro', 'linus', 403],
    ['/admin', 'grace', 403],
    ['/pro', 'ada', 403],
  ];
  test.each(posted)(
    'BS-16 a form posted to %s by %s is answered %3$i on the spot, and not sent to the sign-in page',
    async (path, person, status) => {
      const answer = await visit(person, path, 'post');
      expect(answer.status).toBe(status);
      expect(answer.location).toBeUndefined();
      expectOnlyOwnWords(answer, path, false);
    },
  );
});
