import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { type LocalPoolOptions, startLocalPool } from '../../../local-pool/src/start.ts';
import { passOn, sendAnswer, startProxy } from '../../support/proxy.ts';

export const userPoolId = 'us-east-1_Cabana001';

/** App clients of `infra/template.yaml`: the first without a secret and without rotation, the second with both. */
export const mobile = { userPoolId, clientId: 'cabanamobile00000000000001' };
export const web = {
  userPoolId,
  clientId: 'cabanaweb00000000000000001',
  clientSecret: 'cabanalocalwebsecret0000000000000000000000000000001',
};

/** The local pool behind a proxy that counts what is asked of it. */
export interface WatchedPool {
  /** Of the proxy, for the client under test. */
  endpoint: string;
  /** The operations that were called, by name, in their order. */
  calls: string[];
  /** Answers in the pool's place while it is set. */
  answer: { status: number; headers: string[]; body: Buffer } | undefined;
  /** Whether answers are lost on their way back. */
  breaks: boolean;
  /** The pool itself, for administrators. */
  api: CognitoIdentityProvider;
  close(): Promise<void>;
}

export async function startWatchedPool(options: LocalPoolOptions = {}): Promise<WatchedPool> {
  const pool = await startLocalPool(options);
  const proxy = await startProxy(async (incoming, body, response) => {
    watched.calls.push(String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '');
    const answer = watched.answer ?? (await passOn(Number(new URL(pool.url).port), incoming, body));
    if (watched.breaks) response.destroy();
    else sendAnswer(response, answer);
  });
  const api = new CognitoIdentityProvider({
    endpoint: pool.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const watched: WatchedPool = {
    endpoint: proxy.url,
    calls: [],
    answer: undefined,
    breaks: false,
    api,
    async close() {
      api.destroy();
      await proxy.close();
      await pool.close();
    },
  };
  return watched;
}
