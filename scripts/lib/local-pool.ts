import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { callbackUrl, endpoints } from '../../lib/cognito/endpoints.ts';
import type { Config } from '../../lib/config.ts';
import type { Environment } from './environment.ts';
import { isTaken, root, say, start, stop, untilAnswers } from './processes.ts';

const usersFile = z.object({
  users: z.array(
    z.object({ username: z.string(), password: z.string(), groups: z.array(z.string()).default([]) }),
  ),
});

/** Whether the local pool that is running would send a browser back to this application. */
async function takesCallback(config: Config): Promise<boolean> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: callbackUrl(config),
  });
  const address = `${endpoints(config).authorization}?${query}`;
  const answer = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
  return answer?.status === 302 && answer.headers.get('location')?.includes('/login?') === true;
}

/** Starts the local pool, or goes on with the one that is running. */
export async function startLocalPool({ env, config, localPool }: Environment): Promise<void> {
  if (!localPool) return;
  const discovery = `${config.issuer}/.well-known/openid-configuration`;
  if (await isTaken(localPool.port)) {
    if (await takesCallback(config)) return say(`The local pool at ${localPool.url} is running already.`);
    const answer = await fetch(discovery).catch(() => undefined);
    if (answer?.status === 200) {
      stop(
        `The local pool that is running was started for another address than ${config.appUrl.origin}: end it, or set LOCAL_POOL_PORT to a free port.`,
      );
    }
    stop(
      `Port ${localPool.port} is taken by another program: end it, or set LOCAL_POOL_PORT to a free port.`,
    );
  }
  say('Starting the local pool …');
  const child = start(
    [
      'local-pool/src/main.ts',
      '--port',
      String(localPool.port),
      '--parameter',
      `AppUrl=${config.appUrl.origin}`,
    ],
    { ...env, NODE_ENV: 'development' },
  );
  if (!(await untilAnswers(discovery, child))) stop('The local pool did not start; the reason is above.');
}

/** One line for each demonstration user. */
export function demonstrationUsers(): string[] {
  const { users } = usersFile.parse(
    parse(readFileSync(join(root, 'infra/demonstration-users.yaml'), 'utf8')),
  );
  return users.map(
    ({ username, password, groups }) =>
      `  ${username.padEnd(20)} ${password}   ${groups.length > 0 ? `group ${groups.join(', ')}` : 'no group'}`,
  );
}
