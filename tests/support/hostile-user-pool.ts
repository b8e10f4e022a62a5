import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { jwks, leftHalfHash, newRefreshToken, sign, type TokenChange } from './hostile-tokens.ts';

export interface TokenRequest {
  grantType: string;
  form: URLSearchParams;
  authorization: string | undefined;
  /** Of the authorization request behind a code. */
  nonce: string | undefined;
}

/** A call of the JSON API. */
export interface ApiRequest {
  /** The operation, as `GlobalSignOut`. */
  operation: string;
  input: Record<string, unknown>;
  authorization: string | undefined;
}

/** What an endpoint answers: an object is sent as JSON, a text as it stands. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string | object;
  /** Milliseconds. */
  delay?: number;
  /** Breaks the connection off without an answer. */
  reset?: boolean;
}

export interface Issue {
  access?: TokenChange;
  id?: TokenChange;
  /** Null leaves it out. */
  refreshToken?: string | null;
  /** Members of the answer to change; undefined leaves one out. */
  answer?: Record<string, unknown>;
  /** Seconds since the epoch, and seconds. */
  issuedAt?: number;
  lifetime?: number;
}

type Script = (request: TokenRequest) => Reply | Promise<Reply>;
type ApiScript = (request: ApiRequest) => Reply | Promise<Reply>;

export interface HostileUserPool {
  /** What points the application here. */
  environment: Record<string, string>;
  origin: string;
  clientId: string;
  sub: string;
  /** Sets what the token endpoint answers from now on; without a script, honest tokens. */
  onToken(script: Script | undefined): void;
  onRevoke(script: (() => Reply) | undefined): void;
  /** Sets what the JSON API answers from now on; without a script, an empty object. */
  onApi(script: ApiScript | undefined): void;
  /** Sets what the userInfo endpoint answers; without a script, whether the token is one of this pool. */
  onUserInfo(script: (() => Reply | Promise<Reply>) | undefined): void;
  apiRequests: ApiRequest[];
  /** A whole answer of the token endpoint for this request. */
  tokens(request: Pick<TokenRequest, 'nonce'>, issue?: Issue): Promise<Record<string, unknown>>;
  tokenRequests: TokenRequest[];
  /** The refresh tokens that were revoked. */
  revoked: string[];
  /** How often each path was asked for. */
  calls(path: string): number;
  /** Every token, code and secret that has left this pool. */
  issued: string[];
  /** Forgets what was asked and said; back to honest answers. */
  reset(): void;
  close(): Promise<void>;
}

const USER_POOL_ID = 'us-east-1_Hostile01';
const CLIENT_ID = 'hostileclient0000000000001';
const CLIENT_SECRET = 'hostileclientsecret00000000000000000000000000000001';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

const readForm = async (request: IncomingMessage) => new URLSearchParams(await readBody(request));

async function send(
  response: ServerResponse,
  { status = 200, headers, body, delay, reset }: Reply,
): Promise<void> {
  if (delay) await setTimeout(delay);
  if (reset) return void response.destroy();
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(typeof body === 'object' ? JSON.stringify(body) : body);
}

/** A user pool that keeps to the protocol until a test tells it otherwise, and remembers every call. */
export async function startHostileUserPool(): Promise<HostileUserPool> {
  const sub = randomUUID();
  const codes = new Map<string, URLSearchParams>();
  const counts = new Map<string, number>();
  const tokenRequests: TokenRequest[] = [];
  const revoked: string[] = [];
  const issued: string[] = [CLIENT_SECRET];
  let tokenScript: Script | undefined;
  let revokeScript: (() => Reply) | undefined;
  const apiRequests: ApiRequest[] = [];
  let apiScript: ApiScript | undefined;
  let userInfoScript: (() => Reply | Promise<Reply>) | undefined;

  const server = createServer((request, response) => {
    void answer(request).then((reply) => send(response, reply));
  }).listen(0);
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`;
  const issuer = `${origin}/${USER_POOL_ID}`;

  async function tokens(
    { nonce }: Pick<TokenRequest, 'nonce'>,
    issue: Issue = {},
  ): Promise<Record<string, unknown>> {
    const { issuedAt = Math.floor(Date.now() / 1_000), lifetime = 3_600 } = issue;
    const common = {
      iss: issuer,
      sub,
      iat: issuedAt,
      exp: issuedAt + lifetime,
      auth_time: issuedAt,
      origin_jti: randomUUID(),
      jti: randomUUID(),
      'cognito:groups': ['admins'],
    };
    const access = await sign(
      {
        ...common,
        token_use: 'access',
        client_id: CLIENT_ID,
        username: 'mallory',
        scope: 'openid email profile',
      },
      issue.access,
    );
    const person = { email: 'mallory@example.com', name: 'Mallory Example', 'custom:plan': 'pro' };
    const idClaims = {
      ...common,
      token_use: 'id',
      aud: CLIENT_ID,
      'cognito:username': 'mallory',
      ...person,
      nonce,
    };
    const id = await sign({ ...idClaims, at_hash: leftHalfHash(access) }, issue.id);
    const refresh = issue.refreshToken === undefined ? newRefreshToken() : issue.refreshToken;
    issued.push(access, id, ...(refresh ? [refresh] : []));
    return {
      access_token: access,
      id_token: id,
      ...(refresh && { refresh_token: refresh }),
      token_type: 'Bearer',
      expires_in: lifetime,
      ...issue.answer,
    };
  }

  async function answerToken(request: IncomingMessage): Promise<Reply> {
    const form = await readForm(request);
    const grantType = form.get('grant_type') ?? '';
    const code = form.get('code') ?? '';
    const asked = codes.get(code);
    const nonce = asked?.get('nonce') ?? undefined;
    const tokenRequest = { grantType, form, authorization: request.headers.authorization, nonce };
    tokenRequests.push(tokenRequest);
    if (tokenScript) return await tokenScript(tokenRequest);
    const redeemed =
      codes.delete(code) && asked?.get('code_challenge') === sha256(form.get('code_verifier') ?? '');
    if (grantType === 'authorization_code' && !redeemed)
      return { status: 400, body: { error: 'invalid_grant' } };
    return { body: await tokens(tokenRequest) };
  }

  function answerAuthorize(query: URLSearchParams): Reply {
    const code = randomUUID();
    issued.push(code);
    codes.set(code, query);
    const back = new URL(query.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ code, state: query.get('state') ?? '' }).toString();
    return { status: 302, headers: { location: back.href } };
  }

  async function answerApi(request: IncomingMessage): Promise<Reply> {
    const apiRequest = {
      operation: String(request.headers['x-amz-target']).split('.')[1] ?? '',
      input: JSON.parse(await readBody(request)),
      authorization: request.headers.authorization,
    };
    apiRequests.push(apiRequest);
    return (await apiScript?.(apiRequest)) ?? { body: {} };
  }

  async function answerUserInfo({ headers }: IncomingMessage): Promise<Reply> {
    if (userInfoScript) return await userInfoScript();
    const isOwn = issued.includes(headers.authorization?.replace('Bearer ', '') ?? '');
    return isOwn ? { body: { sub } } : { status: 401, body: { error: 'invalid_token' } };
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const url = new URL(request.url ?? '/', origin);
    counts.set(url.pathname, (counts.get(url.pathname) ?? 0) + 1);
    switch (url.pathname) {
      case '/':
        return await answerApi(request);
      case `/${USER_POOL_ID}/.well-known/jwks.json`:
        return { body: jwks };
      case '/oauth2/authorize':
        return answerAuthorize(url.searchParams);
      case '/oauth2/token':
        return await answerToken(request);
      case '/oauth2/userInfo':
        return await answerUserInfo(request);
      case '/oauth2/revoke':
        revoked.push((await readForm(request)).get('token') ?? '');
        return revokeScript?.() ?? {};
      case '/logout':
        return { status: 302, headers: { location: url.searchParams.get('logout_uri') ?? '/' } };
      default:
        return { status: 404 };
    }
  }

  return {
    environment: {
      COGNITO_USER_POOL_ID: USER_POOL_ID,
      COGNITO_CLIENT_ID: CLIENT_ID,
      COGNITO_CLIENT_SECRET: CLIENT_SECRET,
      COGNITO_API_CLIENT_IDS: CLIENT_ID,
      COGNITO_ISSUER: issuer,
      COGNITO_DOMAIN: origin,
    },
    origin,
    clientId: CLIENT_ID,
    sub,
    onToken: (script) => {
      tokenScript = script;
    },
    onRevoke: (script) => {
      revokeScript = script;
    },
    onApi: (script) => {
      apiScript = script;
    },
    onUserInfo: (script) => {
      userInfoScript = script;
    },
    apiRequests,
    tokens,
    tokenRequests,
    revoked,
    calls: (path) => counts.get(path) ?? 0,
    issued,
    reset() {
      tokenScript = undefined;
      revokeScript = undefined;
      apiScript = undefined;
      userInfoScript = undefined;
      apiRequests.length = 0;
      tokenRequests.length = 0;
      revoked.length = 0;
      counts.clear();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
