import { openJarBrowser } from '../../support/jar-browser.ts';
import { startLoadGenerator } from '../load.ts';
import { eachRound } from '../rounds.ts';
import { type Person, people } from '../target.ts';
import { type ProcessorMeasurement, withProcessorTime } from './processor-time.ts';
import type { Setting } from './setting.ts';
import { startSite } from './sites.ts';
import { ROUND_SECONDS, type ThroughputOptions, WARM_UP_ROUNDS } from './throughput.ts';

/** The same answer, to whoever brings an access token and to everybody. */
export type BearerRounds = Record<'guarded' | 'unguarded', ProcessorMeasurement[]>;

const paths = { guarded: '/api/v1/me', unguarded: '/api/unguarded' };

/** Requests are counted as ever, and nobody is turned away for having asked too often. */
export const unlimited = { API_REQUESTS_PER_USER: '999999999', API_REQUESTS_PER_ADDRESS: '999999999' };

/** Signs somebody in at the user pool's pages, because no other sign-in is given the scope `openid`. */
async function accessTokenOf({ environment }: Setting, person: Person): Promise<string> {
  const { COGNITO_DOMAIN: domain = '', COGNITO_CLIENT_ID: client_id = '', APP_URL } = environment;
  const redirect_uri = `${APP_URL}/api/auth/callback/cognito`;
  const asked = { response_type: 'code', client_id, redirect_uri, scope: 'openid', state: 'bench' };
  const browser = openJarBrowser(domain);
  const first = await browser.get(`${domain}/oauth2/authorize?${new URLSearchParams(asked)}`);
  const page = await browser.follow(first, new URL(domain).origin);
  const { location } = await browser.submit(page, 'password', {
    username: person.username,
    password: person.password,
  });
  const code = location.searchParams.get('code') ?? '';
  const answer = await fetch(`${domain}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', code, client_id, redirect_uri }),
  });
  const { access_token } = (await answer.json()) as { access_token?: string };
  if (!access_token) throw new Error(`The user pool answered ${answer.status} and no access token.`);
  return access_token;
}

/** Requests of one person to a route of the API, beside the same route with no guard, on one server in turn. */
export async function measureBearer(
  setting: Setting,
  { connections, seconds }: ThroughputOptions,
): Promise<BearerRounds> {
  const [person] = people;
  if (!person) throw new Error('The bench has nobody to sign in.');
  const authorization = `Bearer ${await accessTokenOf(setting, person)}`;
  const { environment } = setting;
  const COGNITO_API_CLIENT_IDS = environment.COGNITO_CLIENT_ID ?? '';
  const server = await startSite('api', { ...environment, ...unlimited, COGNITO_API_CLIENT_IDS });
  const generator = startLoadGenerator();
  const load = (path: string) => () =>
    withProcessorTime(server, () =>
      generator.run({
        port: server.port,
        question: { method: 'GET', path, headers: { authorization }, expected: '"scopes":["openid"]' },
        bodies: [''],
        connections,
        warmUpSeconds: 0,
        seconds: ROUND_SECONDS,
      }),
    );
  const both = { guarded: load(paths.guarded), unguarded: load(paths.unguarded) };
  await eachRound(both, WARM_UP_ROUNDS);
  const measured = await eachRound(both, Math.max(1, Math.round(seconds / ROUND_SECONDS)));
  generator.end();
  await server.stop();
  return measured;
}
