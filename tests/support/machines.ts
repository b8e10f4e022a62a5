import { type DownstreamService, startDownstreamService } from './downstream-service.ts';
import { type HostileUserPool, type Reply, startHostileUserPool } from './hostile-user-pool.ts';

export const serviceClient = {
  COGNITO_SERVICE_CLIENT_ID: 'hostileservice000000000001',
  COGNITO_SERVICE_CLIENT_SECRET: 'hostileservicesecret0000000000000000000000000000001',
};

/** A user pool that can be scripted, and a service that takes the tokens of its app client for machines. */
export interface Machines {
  pool: HostileUserPool;
  service: DownstreamService;
  /** What points the application at both. */
  environment: Record<string, string>;
  /** What the user pool answers to the app client for machines from now on; without it, an honest token. */
  onMachine(script?: () => Reply): void;
  /** How often it asked. */
  tokenRequests(): number;
  close(): Promise<void>;
}

export async function startMachines(): Promise<Machines> {
  const pool = await startHostileUserPool();
  const service = await startDownstreamService(pool.environment.COGNITO_ISSUER ?? '');
  const isMachine = (grantType: string) => grantType === 'client_credentials';
  const client = serviceClient.COGNITO_SERVICE_CLIENT_ID;
  const claims = {
    sub: client,
    client_id: client,
    scope: 'notes/read',
    username: undefined,
    'cognito:groups': undefined,
  };
  const honest = async (): Promise<Reply> => {
    const issued = await pool.tokens(
      { nonce: undefined },
      { access: { claims }, refreshToken: null, answer: { id_token: undefined } },
    );
    return { body: issued };
  };
  return {
    pool,
    service,
    environment: { ...pool.environment, ...serviceClient, DOWNSTREAM_URL: service.url },
    onMachine(script = undefined) {
      pool.onToken(async (request) => {
        if (isMachine(request.grantType)) return script ? script() : await honest();
        return { body: await pool.tokens(request) };
      });
    },
    tokenRequests: () => pool.tokenRequests.filter(({ grantType }) => isMachine(grantType)).length,
    async close() {
      await service.close();
      await pool.close();
    },
  };
}
