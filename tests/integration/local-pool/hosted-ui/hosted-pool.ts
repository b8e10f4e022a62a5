import { createHash } from 'node:crypto';
import { settableClock } from '../../../../local-pool/src/clock.ts';
import { type RunningLocalPool, startLocalPool } from '../../../../local-pool/src/start.ts';
import { openFormBrowser } from './form-browser.ts';

export const userPoolId = 'us-east-1_Cabana001';
export const clientId = 'cabanaweb00000000000000001';
export const redirectUri = 'http://localhost:3000/api/auth/callback/cognito';
export const ada = { username: 'ada@example.com', password: 'Cabana-demo-1' };

const challenge = createHash('sha256').update('v'.repeat(43)).digest('base64url');

/** The parameters of a good authorization request of the web client. */
export const authorizeParameters: Record<string, string> = {
  response_type: 'code',
  client_id: clientId,
  redirect_uri: redirectUri,
  scope: 'openid email profile',
  state: 'state-1',
  nonce: 'nonce-1',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

/** The address of a hosted page within that request. */
export function pageAddress(page: string, parameters: Record<string, string> = {}): string {
  return `/${userPoolId}/${page}?${new URLSearchParams({ ...authorizeParameters, ...parameters })}`;
}

export interface HostedPool extends RunningLocalPool {
  clock: ReturnType<typeof settableClock>;
  browse(): ReturnType<typeof openFormBrowser>;
  /** The newest code that was sent to an address, read as a test outside this repository would. */
  newestCode(username: string, purpose: 'signUp' | 'forgot'): Promise<string>;
}

/** The local pool of `infra/`, in memory, on a free port, with a clock that tests move. */
export async function startHostedPool(): Promise<HostedPool> {
  const clock = settableClock();
  const running = await startLocalPool({ port: 0, clock, log: () => {} });
  return {
    ...running,
    clock,
    browse: () => openFormBrowser(running.url),
    async newestCode(username, purpose) {
      const query = new URLSearchParams({ userPoolId, username, purpose });
      const messages = (await (await fetch(`${running.url}/inbox.json?${query}`)).json()) as {
        code: string;
      }[];
      const [newest] = messages;
      if (newest === undefined) throw new Error(`No message of kind ${purpose} was sent.`);
      return newest.code;
    },
  };
}
