import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadSigningKeys } from '../../local-pool/src/keys.ts';
import type { LocalPool } from '../../local-pool/src/local-pool.ts';
import { type LocalPoolOptions, startLocalPool } from '../../local-pool/src/start.ts';
import { type BrokenAnswer, type HonestAnswer, sendAnswer } from './broken-answers.ts';

export type Endpoint = 'token' | 'jwks' | 'revoke' | 'authorize' | 'api' | 'pages';

export const userPoolId = 'us-east-1_Cabana001';
export const webClientId = 'cabanaweb00000000000000001';

/** A local pool behind a proxy that answers in its place where a test says so. */
export interface BrokenUserPool {
  /** What points the application here. */
  environment: Record<string, string>;
  /** The proxy's origin, and the issuer of the tokens. */
  url: string;
  issuer: string;
  pool: LocalPool;
  /** From now on the endpoint answers so; honestly without an answer. */
  breaks(endpoint: Endpoint, answer?: BrokenAnswer): void;
  /** Moves the user pool's clock; milliseconds, ahead of this machine's when positive. */
  skewClock(milliseconds: number): void;
  /** Other signing keys under other names; the earlier ones are withdrawn. */
  rotateKeys(): Promise<void>;
  /** How often each endpoint was asked since the last `reset`. */
  calls: Record<Endpoint, number>;
  /** How many bytes went out to all callers since the last `reset`. */
  bytesSent(): number;
  /** How many requests have neither been answered nor given up. */
  underWay(): number;
  /** Every token, code, verifier, secret and password that passed through. */
  issued: Set<string>;
  /** Honest answers, a right clock and no calls. */
  reset(): void;
  close(): Promise<void>;
}

const paths: [string, Endpoint][] = [
  [`/${userPoolId}/oauth2/token`, 'token'],
  [`/${userPoolId}/.well-known/jwks.json`, 'jwks'],
  [`/${userPoolId}/oauth2/revoke`, 'revoke'],
  [`/${userPoolId}/oauth2/authorize`, 'authorize'],
  ['/', 'api'],
];

const endpointOf = (pathname: string): Endpoint => paths.find(([path]) => path === pathname)?.[1] ?? 'pages';

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const secretFields = ['code', 'code_verifier', 'refresh_token', 'token', 'password', 'client_secret'];
const secretMembers = ['access_token', 'id_token', 'refresh_token'];

/** What must be found in no log, of one exchange. */
function secretsOf(request: Buffer, authorization: string | undefined, answer: HonestAnswer): string[] {
  const form = new URLSearchParams(request.toString());
  const location = URL.parse(String(answer.headers.location ?? ''), 'http://localhost');
  const json = String(answer.headers['content-type']).includes('json')
    ? (JSON.parse(answer.body.toString() || '{}') as Record<string, unknown>)
    : {};
  const found = [
    ...secretFields.map((name) => form.get(name)),
    ...secretMembers.map((name) => json[name]),
    location?.searchParams.get('code'),
    authorization?.split(' ')[1],
  ];
  return found.filter((value): value is string => typeof value === 'string' && value !== '');
}

/**
 * Starts a local pool in memory and the proxy in front of it.
 * @param appUrl the application's origin, to which the pool sends browsers back
 */
export async function startBrokenUserPool(
  appUrl: string,
  options: LocalPoolOptions = {},
): Promise<BrokenUserPool> {
  let skew = 0;
  const real = await startLocalPool({
    clock: { now: () => Date.now() + skew },
    ...options,
    parameters: { AppUrl: appUrl, ...options.parameters },
  });
  const answers = new Map<Endpoint, BrokenAnswer>();
  const calls = { token: 0, jwks: 0, revoke: 0, authorize: 0, api: 0, pages: 0 };
  const issued = new Set<string>();
  const underWay = new Set<object>();
  let bytesSent = 0;

  async function askRealPool(incoming: IncomingMessage, body: Buffer): Promise<HonestAnswer> {
    const { host: _, connection: __, 'content-length': ___, ...headers } = incoming.headers;
    const response = await fetch(new URL(incoming.url ?? '/', real.url), {
      method: incoming.method ?? 'GET',
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const location = response.headers.get('location')?.replace(real.url, url);
    // The length is that of the body that leaves in the end.
    const { 'content-length': ____, ...own } = Object.fromEntries(response.headers);
    const answer = {
      status: response.status,
      headers: {
        ...own,
        'set-cookie': response.headers.getSetCookie(),
        ...(location && { location }),
      },
      body: Buffer.from(await response.arrayBuffer()),
    };
    for (const secret of secretsOf(body, incoming.headers.authorization, answer)) issued.add(secret);
    return answer;
  }

  const server = createServer(async (incoming, response) => {
    const endpoint = endpointOf(new URL(incoming.url ?? '/', real.url).pathname);
    calls[endpoint] += 1;
    underWay.add(response);
    const { socket } = incoming;
    const sentBefore = socket.bytesWritten;
    response.once('close', () => {
      underWay.delete(response);
      bytesSent += socket.bytesWritten - sentBefore;
    });
    // A caller that gave up is what many of these answers are about.
    response.on('error', () => {});
    const body = await readBody(incoming);
    const honest = () => askRealPool(incoming, body);
    const answer = answers.get(endpoint);
    if (answer) await answer(response, honest, new URL(incoming.url ?? '/', real.url).href);
    else sendAnswer(response, await honest());
  }).listen(0);
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const issuer = `${url}/${userPoolId}`;
  const userPool = real.pool.userPool(userPoolId);
  if (!userPool) throw new Error(`The template has no user pool ${userPoolId}.`);
  userPool.issuer = issuer;
  real.pool.baseUrl = url;

  return {
    environment: {
      COGNITO_USER_POOL_ID: userPoolId,
      COGNITO_CLIENT_ID: webClientId,
      COGNITO_CLIENT_SECRET: real.pool.appClient(webClientId)?.secrets[0]?.value ?? '',
      COGNITO_API_CLIENT_IDS: webClientId,
      COGNITO_ISSUER: issuer,
      COGNITO_DOMAIN: issuer,
    },
    url,
    issuer,
    pool: real.pool,
    breaks: (endpoint, answer) => void (answer ? answers.set(endpoint, answer) : answers.delete(endpoint)),
    skewClock: (milliseconds) => {
      skew = milliseconds;
    },
    async rotateKeys() {
      const next = await loadSigningKeys(real.pool, `us-east-1_${crypto.randomUUID().slice(0, 8)}`);
      Object.assign(real.pool.signingKeys(userPoolId), next);
    },
    calls,
    bytesSent: () => bytesSent,
    underWay: () => underWay.size,
    issued,
    reset() {
      answers.clear();
      skew = 0;
      bytesSent = 0;
      for (const endpoint of Object.keys(calls) as Endpoint[]) calls[endpoint] = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await real.close();
    },
  };
}
