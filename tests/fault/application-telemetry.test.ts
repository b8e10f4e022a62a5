import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../support/hostile-user-pool.ts';
import { type ExportedSpan, type OtlpCollector, startOtlpCollector } from '../support/otlp-collector.ts';
import { rawRequest } from '../support/raw-request.ts';
import { sealedSession } from '../support/sealed-session.ts';

let pool: HostileUserPool;
beforeAll(async () => {
  pool = await startHostileUserPool();
});
afterAll(() => pool.close());
beforeEach(() => pool.reset());

/** A browser whose session is due for a refresh. */
async function arriveDue(app: RunningApp): Promise<Browser> {
  const issuedAt = Math.floor(Date.now() / 1_000) - 3_000;
  const issued = await pool.tokens({ nonce: undefined }, { issuedAt });
  const browser = openBrowser(app);
  const session = { accessToken: String(issued.access_token), claims: { sub: pool.sub } };
  browser.jar.plant('localhost', await sealedSession(app, session, String(issued.refresh_token)));
  return browser;
}

describe('an endpoint for traces and metrics', () => {
  const person = 'somebody.else@example.com';
  const traceId = 'abcdef0123456789abcdef0123456789';
  let collector: OtlpCollector;
  /** Everything that was said in the run and must stay here. */
  const secrets: string[] = [person, encodeURIComponent(person), 'mallory@example.com', 'Mallory'];
  let refreshedRequest: string;
  let lastRequest: string;
  let exitCode: number | null;

  /** One of everything, and then SIGTERM. */
  beforeAll(async () => {
    collector = await startOtlpCollector();
    const app = await startApp({
      ...pool.environment,
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=one%20two,x-tenant=cabana',
      OTEL_SERVICE_NAME: 'cabana-test',
    });
    const browser = openBrowser(app);
    const toPool = await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
    const toCallback = await browser.get(toPool.location?.href ?? '');
    const answered = toCallback.location?.searchParams;
    secrets.push(answered?.get('code') ?? 'no code', answered?.get('state') ?? 'no state');
    expect((await browser.follow(toCallback)).status).toBe(200);
    await browser.get(`/home?email=${person}`, { traceparent: `00-${traceId}-abcdef0123456789-01` });
    await browser.get(`/users/${person}`);
    await browser.get(`/api/auth/callback/cognito?code=secret-code-1&state=secret-state-1`);
    await rawRequest(app.address, '/home');
    await browser.post('/account/password/change', { next: 'secret-password-1' });

    const due = await arriveDue(app);
    const page = await due.get('/home');
    refreshedRequest = String(page.headers.get('x-request-id'));
    const refused = await arriveDue(app);
    pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant' } }));
    await refused.get('/home');
    const unlucky = await arriveDue(app);
    pool.onToken(() => ({ status: 503 }));
    await unlucky.get('/home');

    const { access_token } = await pool.tokens({ nonce: undefined });
    const authorization = `Bearer ${access_token}`;
    await rawRequest(app.address, `/api/v1/me?access_token=${access_token}`, { authorization });
    await rawRequest(app.address, `/api/v1/admin/users/${person}/sign-out`, { authorization }, 'POST');
    const last = await rawRequest(app.address, '/api/v1/me', { authorization: `Bearer x.${access_token}` });
    lastRequest = String(last.headers['x-request-id']);

    for (const one of [browser, due, refused, unlucky]) secrets.push(...Object.values(one.cookies()));
    secrets.push(...pool.issued, String(access_token), app.environment.SESSION_SECRET ?? '');
    secrets.push('secret-code-1', 'secret-state-1', 'secret-password-1');
    exitCode = await app.end('SIGTERM');
  });
  afterAll(() => collector.close());

  const named = (name: string): ExportedSpan[] => collector.spans().filter((span) => span.name === name);
  const parentOf = (span: ExportedSpan | undefined) =>
    collector
      .spans()
      .find(({ spanId, traceId }) => spanId === span?.parentSpanId && traceId === span.traceId);
  const counted = (name: string): Record<string, number> =>
    Object.fromEntries(
      collector
        .points()
        .filter((point) => point.name === name)
        .map(({ attributes, value }) => [Object.values(attributes).join(' '), value]),
    );

  it('IF-09 what was measured last is sent before SIGTERM ends the application with code 0', () => {
    expect(exitCode).toBe(0);
    const requests = collector.spans().map(({ attributes }) => attributes['cabana.request']);
    expect(requests).toContain(lastRequest);
  });

  it('sign-ins, refreshes and requests of the API are counted by how they ended', () => {
    expect(counted('cabana.sign_ins')).toEqual({ opened: 1, sign_in_expired: 1 });
    expect(counted('cabana.refreshes')).toEqual({ refreshed: 1, refused: 1, unavailable: 1 });
    expect(counted('cabana.api.requests')).toMatchObject({ 'getMe 200': 1, 'getMe 401': 1 });
  });

  it('refusals are counted by code and by where they happened', () => {
    expect(counted('cabana.refusals')).toMatchObject({
      'not_signed_in page': 2,
      'bad_request form': 1,
      'invalid_token api': 1,
    });
  });

  it('the time of each guard is a histogram in milliseconds', () => {
    const durations = collector.points().filter(({ name }) => name === 'cabana.guard.duration');
    expect(durations.map(({ attributes }) => attributes.guard).sort()).toEqual(['api', 'middleware', 'page']);
    for (const { unit, value } of durations) expect([unit, value > 1]).toEqual(['ms', true]);
  });

  it('a refresh is one trace with its page, from the middleware to the token endpoint', () => {
    const refreshed = named('refresh').find(
      ({ attributes }) => attributes['cabana.request'] === refreshedRequest,
    );
    expect(refreshed?.attributes['cabana.outcome']).toBe('refreshed');
    const call = named('token endpoint').find(({ traceId }) => traceId === refreshed?.traceId);
    expect(call?.attributes).toMatchObject({ 'cabana.grant': 'refresh_token', 'cabana.outcome': 'tokens' });
    expect(parentOf(call)?.spanId).toBe(refreshed?.spanId);
    expect(parentOf(refreshed)?.name).toBe('guard middleware');
    const page = named('GET /home').find(({ traceId }) => traceId === refreshed?.traceId);
    expect(page?.attributes).toMatchObject({ 'http.route': '/home', 'http.status_code': 200 });
    expect(named('guard page').some(({ traceId }) => traceId === refreshed?.traceId)).toBe(true);
  });

  it('the exchange of a code is a span of its sign-in', () => {
    const [exchange] = named('code exchange');
    expect(exchange?.attributes['cabana.outcome']).toBe('opened');
    expect(parentOf(exchange)?.attributes['next.route']).toBe('/api/auth/callback/cognito');
  });

  it('no token, code, state, cookie, password, address of a person or name leaves in anything', () => {
    expect(collector.spans().length).toBeGreaterThan(50);
    expect(secrets.length).toBeGreaterThan(20);
    for (const { path, headers, body } of collector.requests)
      for (const secret of secrets) {
        const found = `${path}${JSON.stringify(headers)}${body}`.includes(secret);
        expect(found, `${path} carries ${secret}`).toBe(false);
      }
    const everything = collector.requests.map(({ body }) => body).join('');
    expect(everything).not.toMatch(/\?|=|eyJ|Fe26|%40|@/);
  });

  it('a stranger does not choose the trace that a request belongs to', () => {
    expect(collector.spans().map(({ traceId }) => traceId)).not.toContain(traceId);
  });

  it('every batch carries the configured headers and the name of the service', () => {
    for (const { headers } of collector.requests)
      expect(headers).toMatchObject({ 'x-api-key': 'one two', 'x-tenant': 'cabana' });
    const instances = collector.resources().map((resource) => {
      expect(resource['service.name']).toBe('cabana-test');
      return resource['service.instance.id'];
    });
    expect(new Set(instances).size).toBe(1);
    expect(Object.keys(collector.resources()[0] ?? {}).sort()).toEqual([
      'service.instance.id',
      'service.name',
      'telemetry.sdk.language',
      'telemetry.sdk.name',
      'telemetry.sdk.version',
    ]);
  });
});

describe('an endpoint that is no help', () => {
  /** @returns the longest of twenty page loads, in milliseconds, once the application is warm */
  async function slowestPage(app: RunningApp): Promise<number> {
    const browser = openBrowser(app);
    await browser.signIn();
    const times: number[] = [];
    for (let count = 0; count < 20; count += 1) {
      const began = performance.now();
      expect((await browser.get('/home')).status).toBe(200);
      times.push(performance.now() - began);
    }
    return Math.max(...times);
  }

  const failuresIn = (app: RunningApp) =>
    app
      .output()
      .split('\n')
      .filter((line) => line.includes('"telemetry_failed"'));

  it('that is not there costs requests nothing, and one line in the log', async () => {
    const app = await startApp({ ...pool.environment, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:1' });
    try {
      expect(await slowestPage(app)).toBeLessThan(3_000);
      await expect.poll(() => failuresIn(app).length, { timeout: 30_000, interval: 250 }).toBe(1);
      expect(JSON.parse(failuresIn(app)[0] ?? '')).toMatchObject({
        level: 'warn',
        reason: expect.stringContaining('ECONNREFUSED'),
      });
      await slowestPage(app);
    } finally {
      expect(await app.end('SIGTERM')).toBe(0);
    }
    expect(failuresIn(app)).toHaveLength(1);
    expect(failuresIn(app)[0]).not.toContain('"request"');
  });

  it('IF-09 that takes and never answers costs requests nothing, and the end a second', async () => {
    const collector = await startOtlpCollector(() => new Promise(() => {}));
    const app = await startApp({ ...pool.environment, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    expect(await slowestPage(app)).toBeLessThan(3_000);
    await expect.poll(() => collector.requests.length, { timeout: 15_000 }).toBeGreaterThan(0);
    const began = performance.now();
    expect(await app.end('SIGTERM')).toBe(0);
    expect(performance.now() - began).toBeLessThan(6_000);
    await collector.close();
  });
});
