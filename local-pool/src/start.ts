import { join } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import { openDirectory } from './directory.ts';
import { StartError } from './errors.ts';
import { type Handler, listen } from './listen.ts';
import type { LocalPool } from './local-pool.ts';
import type { Quirks } from './quirks.ts';
import { createServer } from './server.ts';
import { openStore, type Store } from './store/database.ts';
import { applyStack } from './template/apply-stack.ts';
import { loadTemplate } from './template/load-template.ts';
import { loadUsers } from './template/load-users.ts';
import type { Stack } from './template/stack.ts';
import { loadTriggers, type TriggerLimits } from './triggers.ts';

export interface LocalPoolOptions {
  /** 9229 when absent; 0 = a free port. */
  port?: number;
  /** Absent = memory. */
  dataDir?: string;
  /** Absent = the one of `infra/`; false = none: every user pool comes from the API and the store. */
  template?: string | false;
  /** Absent = the demonstration users of `infra/` with its template, nobody with another. */
  users?: string;
  parameters?: Record<string, string>;
  /** Seconds; overrides the template, also below Cognito's five minutes. */
  accessTokenValidity?: number;
  /** Whose name tokens carry: this server's, which discovery needs (the default), or AWS's, which aws-jwt-verify wants. */
  issuer?: 'local' | 'aws';
  /** A folder with the code of Lambda functions that the template does not name: `name.ts` or `name/index.ts`. */
  handlers?: string;
  /** Absent = Cognito's: five seconds, three times. */
  triggerLimits?: TriggerLimits;
  quirks?: Quirks;
  clock?: Clock;
  log?: (line: string) => void;
}

export interface RunningLocalPool {
  url: string;
  pool: LocalPool;
  close(): Promise<void>;
}

const infra = join(import.meta.dirname, '../../infra');

const NO_TEMPLATE: Stack = { userPools: [], appClients: [], groups: [], functions: [], identityPools: [] };

/** The issuer of a user pool (section 0.3 of the behaviour notes). */
function issuerOf(userPoolId: string, baseUrl: string, kind: LocalPoolOptions['issuer']): string {
  if (kind !== 'aws') return `${baseUrl}/${userPoolId}`;
  return `https://cognito-idp.${userPoolId.slice(0, userPoolId.indexOf('_'))}.amazonaws.com/${userPoolId}`;
}

async function load(store: Store, baseUrl: string, options: LocalPoolOptions): Promise<LocalPool> {
  const { clock = systemClock, log = () => {}, template = join(infra, 'template.yaml') } = options;
  const stack =
    template === false
      ? NO_TEMPLATE
      : loadTemplate(template, options.parameters ?? {}, options.handlers !== undefined);
  applyStack({ store, clock }, stack);
  const directory = await openDirectory(
    { store, clock },
    {
      issuerOf: (userPoolId) => issuerOf(userPoolId, baseUrl, options.issuer),
      accessTokenValidity: options.accessTokenValidity,
    },
  );
  const pool = {
    ...directory,
    baseUrl,
    clock,
    store,
    log,
    quirks: options.quirks ?? {},
    triggers: await loadTriggers(stack.functions, {
      handlers: options.handlers,
      limits: options.triggerLimits,
    }),
  };
  createUsers(pool, stack, options);
  return pool;
}

/** The users of a file belong to the template's first user pool. */
function createUsers(pool: LocalPool, stack: Stack, options: LocalPoolOptions): void {
  const userPool = pool.userPool(stack.userPools[0]?.id ?? '');
  const file =
    options.users ?? (options.template === undefined ? join(infra, 'demonstration-users.yaml') : undefined);
  if (!userPool || file === undefined) return;
  const groups = stack.groups.filter((group) => group.userPoolId === userPool.id).map(({ name }) => name);
  loadUsers(pool, userPool, groups, file);
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
  const started = Promise.withResolvers<Handler>();
  // Whoever waits for this promise hears of a failed start from the line that throws below.
  started.promise.catch(() => {});
  const listener = await listen(
    async (request, bindings) => (await started.promise)(request, bindings),
    options.port ?? 0,
  );
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
