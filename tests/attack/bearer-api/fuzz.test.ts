import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFormBrowser } from '../../integration/local-pool/hosted-ui/form-browser.ts';
import { relyingParty, signIn } from '../../integration/local-pool/relying-party.ts';
import { type ApiDocument, type DescribedOperation, fetchApiDocument } from '../../support/api-document.ts';
import { type MadeRequest, requestsOf } from '../../support/api-requests.ts';
import { openBrowser } from '../../support/browser.ts';
import { type PoolAndApp, people, startPoolAndApp } from '../../support/local-pool.ts';
import { missingPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-request.ts';
import { sentRequest } from '../../support/sent-request.ts';

/** A failure names its seed: `FUZZ_SEED=… vitest run …` begins with the same requests. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** For each operation in a round: so many requests, or as many as there is time for, in milliseconds. */
const RUNS = 100;
const TIME_MS = 3_000;
/** The second has what the answers to the first brought. */
const ROUNDS = 2;

const MOST_REMEMBERED = 200;

const unlimited = { API_REQUESTS_PER_USER: '100000000', API_REQUESTS_PER_ADDRESS: '100000000' };

/** Every text in a JSON value. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

describe.each([
  ['SQLite', undefined],
  ['Postgres', missingPostgres],
])('an administrator’s token and whatever can be sent with it, on %s', (engine, missing) => {
  let server: PostgresServer | undefined;
  let stand: PoolAndApp;
  let api: ApiDocument;
  let tokens: Record<'access' | 'id', string>;
  /** The token’s own person: signed out, they could send nothing more. */
  let own: string[];
  const remembered: string[] = [];

  beforeAll(async () => {
    if (missing) return;
    if (engine === 'Postgres') server = await startPostgres();
    stand = await startPoolAndApp({}, () => ({ ...unlimited, ...(server && { DATABASE_URL: server.url }) }));
    api = await fetchApiDocument(stand.app.address);
    const flow = Object.values(api.document.components?.securitySchemes ?? {})
      .map((scheme) => ('flows' in scheme ? scheme.flows?.authorizationCode : undefined))
      .find((one) => one !== undefined);
    const mobile = await relyingParty(stand.pool.url, 'mobile');
    const scope = [...new Set(['openid', ...Object.keys(flow?.scopes ?? {})])].join(' ');
    const { access_token, id_token = '' } = await signIn(openFormBrowser(stand.pool.url), mobile, { scope });
    tokens = { access: access_token, id: id_token };
    const authorization = `Bearer ${access_token}`;
    for (let sessions = 0; sessions < 3; sessions += 1) await openBrowser(stand.app).signIn(people.ada);
    const me = JSON.parse((await rawRequest(stand.app.address, '/api/v1/me', { authorization })).text);
    own = [me.sub, me.username];
  });
  afterAll(async () => {
    if (missing) return;
    await stand.stop();
    await server?.close();
  });

  function remember({ headers, text }: RawAnswer): void {
    const body = String(headers['content-type']) === 'application/json' ? JSON.parse(text) : undefined;
    const texts = [...textsIn(body), headers.etag ?? ''].filter((one) => one !== '' && one.length < 300);
    remembered.push(...texts.filter((one) => !own.includes(one) && !remembered.includes(one)));
    remembered.splice(0, remembered.length - MOST_REMEMBERED);
  }

  const takesAccessToken = (id: string): boolean =>
    api.operations.some(
      ({ id: other, operation }) => other === id && operation.security?.some((way) => 'cognito' in way),
    );

  /** @returns what is wrong with the answer to a request */
  async function faults(made: MadeRequest): Promise<string[]> {
    const { path, headers, method, body, reachesOperation } = sentRequest(made, remembered);
    const authorization = `Bearer ${tokens[takesAccessToken(made.id) ? 'access' : 'id']}`;
    const answer = await rawRequest(stand.app.address, path, { ...headers, authorization }, method, (sent) =>
      sent.end(body),
    );
    const told = `${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`;
    if (answer.status >= 500) return [told];
    if (!reachesOperation) return [];
    remember(answer);
    if (answer.status === 401) return [`${told}, though the token is good`];
    return api.complaints(made.id, answer).map((complaint) => `${told}: ${complaint}`);
  }

  test.skipIf(missing)(
    'API-07 no answer is a 5xx, and every answer is one that the document declares',
    async () => {
      const check = (operation: DescribedOperation) =>
        fc.assert(
          fc.asyncProperty(requestsOf(api, operation), async (made) => {
            expect(await faults(made)).toEqual([]);
          }),
          { seed, numRuns: RUNS, interruptAfterTimeLimit: TIME_MS },
        );
      for (let round = 0; round < ROUNDS; round += 1)
        for (const operation of api.operations) await check(operation);
      expect(remembered.length).toBeGreaterThan(5);
      expect(stand.app.output()).not.toMatch(
        /"operation_failed"|"database_failed"|Unhandled|Internal Server Error/,
      );
    },
    240_000,
  );
});
