import { join } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import { StartError } from './errors.ts';
import { loadSigningKeys, type SigningKeys } from './keys.ts';
import { listen } from './listen.ts';
import type { LocalPool } from './local-pool.ts';
import { createServer } from './server.ts';
import { openStore, type Store } from './store/database.ts';
import { putGroup } from './store/groups.ts';
import { loadTemplate } from './template/load-template.ts';
import { loadUsers } from './template/load-users.ts';
import type { Stack } from './template/stack.ts';
import { loadTriggers } from './triggers.ts';

export interface LocalPoolOptions {
  /** 0 = a free port. */
  port?: number;
  /** Absent = memory. */
  dataDir?: string;
  template?: string;
  users?: string;
  parameters?: Record<string, string>;
  /** Seconds; overrides the template, also below Cognito's five minutes. */
  accessTokenValidity?: number;
  clock?: Clock;
  log?: (line: string) => void;
}

export interface RunningLocalPool {
  url: string;
  pool: LocalPool;
  close(): Promise<void>;
}

const infra = join(import.meta.dirname, '../../infra');

async function poolOf(
  stack: Stack,
  store: Store,
  baseUrl: string,
  options: LocalPoolOptions,
): Promise<LocalPool> {
  const { clock = systemClock, log = () => {} } = options;
  const userPools = new Map(stack.userPools.map((userPool) => [userPool.id, userPool]));
  const appClients = new Map(stack.appClients.map((client) => [client.clientId, client]));
  const keys = new Map<string, SigningKeys>();
  for (const id of userPools.keys()) keys.set(id, await loadSigningKeys({ store, clock }, id));
  return {
    baseUrl,
    clock,
    store,
    log,
    triggers: await loadTriggers(stack.functions),
    userPool: (id) => userPools.get(id),
    userPools: () => [...userPools.values()],
    appClient: (id) => appClients.get(id),
    signingKeys(id) {
      const found = keys.get(id);
      if (!found) throw new Error(`There is no user pool ${id}.`);
      return found;
    },
  };
}

async function load(store: Store, baseUrl: string, options: LocalPoolOptions): Promise<LocalPool> {
  const stack = loadTemplate(
    options.template ?? join(infra, 'template.yaml'),
    options.parameters ?? {},
    baseUrl,
  );
  if (options.accessTokenValidity !== undefined) {
    for (const client of stack.appClients) client.validity.access = options.accessTokenValidity;
  }
  const pool = await poolOf(stack, store, baseUrl, options);
  for (const group of stack.groups) putGroup(pool, group);
  const [userPool] = stack.userPools;
  const users =
    options.users ?? (options.template === undefined ? join(infra, 'demonstration-users.yaml') : undefined);
  if (userPool && users) {
    loadUsers(
      pool,
      userPool,
      stack.groups.filter((group) => group.userPoolId === userPool.id).map(({ name }) => name),
      users,
    );
  }
  return pool;
}

/**
 * Starts a local pool in this process: by default the one of `infra/`, with its demonstration users.
 * @throws StartError, in production too: what it signs proves nothing to anyone
 */
export async function startLocalPool(options: LocalPoolOptions = {}): Promise<RunningLocalPool> {
  if (process.env.NODE_ENV === 'production') {
    throw new StartError(
      'The local pool is for development and tests; it does not start with NODE_ENV=production.',
    );
  }
  const started = Promise.withResolvers<(request: Request) => Response | Promise<Response>>();
  // Whoever waits for this promise hears of a failed start from the line that throws below.
  started.promise.catch(() => {});
  const listener = await listen(async (request) => (await started.promise)(request), options.port ?? 9_229);
  const url = `http://localhost:${listener.port}`;
  let store: Store | undefined;
  try {
    store = openStore(options.dataDir);
    const opened = store;
    const pool = await load(opened, url, options);
    started.resolve(createServer(pool).fetch);
    return {
      url,
      pool,
      async close() {
        await listener.close();
        opened.close();
      },
    };
  } catch (error) {
    started.reject(error);
    store?.close();
    await listener.close();
    throw error;
  }
}
