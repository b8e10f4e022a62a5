import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { type ServerProcess, startServer } from './server-process.ts';
import { call, type Emulator, people } from './target.ts';

const peer = join(import.meta.dirname, 'peer');
const installed = join(peer, 'node_modules/cognito-local/package.json');

const manifest = z.object({ dependencies: z.object({ 'cognito-local': z.string() }) });

/** The version that is measured. */
export const peerVersion = manifest.parse(JSON.parse(readFileSync(join(peer, 'package.json'), 'utf8')))
  .dependencies['cognito-local'];

/** Installs the other emulator, from its own lock, unless it is there. @throws Error when npm fails, which says why */
export function installPeer(): void {
  const found = existsSync(installed) && JSON.parse(readFileSync(installed, 'utf8')).version;
  if (found === peerVersion) return;
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  const { status } = spawnSync(
    command,
    [...args, 'ci', '--prefix', peer, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: peer, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) throw new Error(`cognito-local ${peerVersion} could not be installed`);
}

/** Starts the other emulator. @param dataDir the folder in which it keeps its own, `.cognito` */
export function startCognitoLocal(dataDir: string): Promise<ServerProcess> {
  return startServer(
    [join(peer, 'node_modules/cognito-local/lib/bin/start.js')],
    { cwd: dataDir, env: { ...process.env, HOST: '127.0.0.1', PORT: '0' } },
    /running on http:\/\/127\.0\.0\.1:(\d+)/,
  );
}

const madePool = z.object({ UserPool: z.object({ Id: z.string() }) });
const madeClient = z.object({ UserPoolClient: z.object({ ClientId: z.string() }) });

/** Gives the other emulator the user pool, client and people of the template and users file, through its API. */
export async function seedCognitoLocal({ port }: ServerProcess): Promise<Emulator> {
  const server = { name: 'cognito-local', port };
  const pool = await call(server, 'CreateUserPool', {
    PoolName: 'bench',
    UsernameAttributes: ['email'],
    Policies: { PasswordPolicy: { MinimumLength: 8 } },
  });
  const UserPoolId = madePool.parse(pool).UserPool.Id;
  const client = await call(server, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'public',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  for (const { username, password, attributes } of people) {
    const UserAttributes = Object.entries({ email: username, ...attributes }).map(([Name, Value]) => ({
      Name,
      Value,
    }));
    await call(server, 'AdminCreateUser', {
      UserPoolId,
      Username: username,
      UserAttributes,
      MessageAction: 'SUPPRESS',
    });
    await call(server, 'AdminSetUserPassword', {
      UserPoolId,
      Username: username,
      Password: password,
      Permanent: true,
    });
  }
  return {
    name: server.name,
    userPoolId: UserPoolId,
    clientId: madeClient.parse(client).UserPoolClient.ClientId,
  };
}

/**
 * Waits until the other emulator's file holds all that it has acknowledged: it answers before it writes, and a file that
 * is cut short stops its next start.
 */
export async function untilWritten(dataDir: string, userPoolId: string): Promise<void> {
  const file = join(dataDir, '.cognito/db', `${userPoolId}.json`);
  const isWhole = () => {
    try {
      const { Users } = stored.parse(JSON.parse(readFileSync(file, 'utf8')));
      return (
        Object.values(Users).filter(({ UserStatus }) => UserStatus === 'CONFIRMED').length === people.length
      );
    } catch {
      return false;
    }
  };
  for (let tries = 0; !isWhole(); tries++) {
    if (tries === 100) throw new Error('cognito-local has not written its users');
    await setTimeout(50);
  }
}

const stored = z.object({ Users: z.record(z.string(), z.object({ UserStatus: z.string() })) });
