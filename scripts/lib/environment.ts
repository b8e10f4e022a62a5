import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError, parseConfig } from '../../lib/config.ts';
import { root, stop } from './processes.ts';

export interface Environment {
  /** What the application is started with. */
  env: NodeJS.ProcessEnv;
  config: Config;
  port: number;
  /** Set when no user pool is configured, so that the local one stands in. */
  localPool: { port: number; url: string } | undefined;
}

/** One secret for each machine: made at the first start, kept where git does not look. */
function localSecret(): string {
  const folder = join(root, '.cabana');
  const file = join(folder, 'session-secret');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return readFileSync(file, 'utf8').trim();
}

function loadEnvFiles(): void {
  for (const name of ['.env.local', '.env']) {
    const file = join(root, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
}

const portOf = (name: string, value: string | undefined, fallback: number): number => {
  const port = Number(value ?? fallback);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : stop(`${name} must be a port number.`);
};

/** A deployment that forgot its user pool must hear of it, and not be given one whose passwords everybody knows. */
function isDeployed(): boolean {
  const host = URL.parse(process.env.APP_URL || 'http://localhost')?.hostname;
  return process.env.NODE_ENV === 'production' || host !== 'localhost';
}

/**
 * Reads and checks the configuration.
 * @param standIn whether the local pool stands in when no user pool is configured
 * @throws ConfigError
 */
export function loadEnvironment({ standIn }: { standIn: boolean }): Environment {
  loadEnvFiles();
  const port = portOf('PORT', process.env.PORT, 3_000);
  const ownUserPool = Object.keys(process.env).some(
    (name) => name.startsWith('COGNITO_') && process.env[name]?.trim(),
  );
  const poolPort = portOf('LOCAL_POOL_PORT', process.env.LOCAL_POOL_PORT, 9_229);
  const localPool =
    ownUserPool || !standIn || isDeployed()
      ? undefined
      : { port: poolPort, url: `http://localhost:${poolPort}` };
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: String(port),
    APP_URL: process.env.APP_URL || `http://localhost:${port}`,
    ...(localPool && {
      LOCAL_POOL_URL: localPool.url,
      SESSION_SECRET: process.env.SESSION_SECRET || localSecret(),
      ALLOW_INSECURE_USER_POOL: 'true',
      // The local pool asks administrators for a signature and cannot check it.
      AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID || 'local',
      AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY || 'local',
    }),
  };
  return { env, config: parseConfig({ ...env, NODE_ENV: 'production' }), port, localPool };
}

/** As {@link loadEnvironment}. Stops with every problem in one message. */
export function readEnvironment(wish: { standIn: boolean }): Environment {
  try {
    return loadEnvironment(wish);
  } catch (error) {
    if (error instanceof ConfigError) stop(error.message);
    throw error;
  }
}
