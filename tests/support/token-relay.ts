import { createHash } from 'node:crypto';
import { passOn, type RunningProxy, sendAnswer, startProxy } from './proxy.ts';

export interface TokenCall {
  grantType: string;
  /** Tells refresh tokens apart without being one. */
  tokenHash: string;
  status: number;
  /** Milliseconds that the user pool took. */
  took: number;
}

/** What stands between the application and the domain of its user pool, and watches the token endpoint. */
export interface TokenRelay extends RunningProxy {
  calls: TokenCall[];
  /** Is waited for when the user pool has answered and before the application hears of it. */
  beforeAnswer: (call: TokenCall) => void | Promise<void>;
}

const callOf = (form: URLSearchParams, status: number, took: number): TokenCall => ({
  grantType: form.get('grant_type') ?? '',
  tokenHash: createHash('sha256')
    .update(form.get('refresh_token') ?? '')
    .digest('base64url'),
  status,
  took,
});

/** @param poolUrl of the local pool */
export async function startTokenRelay(poolUrl: string): Promise<TokenRelay> {
  const port = Number(new URL(poolUrl).port);
  const proxy = await startProxy(async (incoming, body, response) => {
    const started = performance.now();
    const answer = await passOn(port, incoming, body);
    if (incoming.url?.endsWith('/oauth2/token')) {
      const call = callOf(new URLSearchParams(body.toString()), answer.status, performance.now() - started);
      relay.calls.push(call);
      await relay.beforeAnswer(call);
    }
    sendAnswer(response, answer);
  });
  const relay: TokenRelay = { ...proxy, calls: [], beforeAnswer: () => {} };
  return relay;
}
