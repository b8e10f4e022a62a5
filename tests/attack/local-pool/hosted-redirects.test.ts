import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type HostedPool,
  startHostedPool,
  userPoolId,
} from '../../integration/local-pool/hosted-ui/hosted-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';

let server: HostedPool;
beforeAll(async () => {
  server = await startHostedPool();
});
afterAll(() => server.close());

describe('LP-03 the short ways to the confirmation page', () => {
  it.each(['/%2fevil.com', '/%2f%2fevil.com', '/%5cevil.com', '/%09%2fevil.com', '/nobody', '/__proto__'])(
    'LP-03 lead nowhere from a user pool that there is not: %s',
    async (pool) => {
      for (const page of ['confirm', 'resendcode']) {
        const { status, headers } = await rawRequest(server.url, `${pool}/${page}?client_id=x`);
        expect([status, headers.location]).toEqual([404, undefined]);
      }
    },
  );

  it('lead to the page of their own user pool, with its query', async () => {
    for (const page of ['confirm', 'resendcode']) {
      const { status, headers } = await rawRequest(server.url, `/${userPoolId}/${page}?client_id=a%2Fb`);
      expect([status, headers.location]).toEqual([302, `/${userPoolId}/confirmUser?client_id=a%2Fb`]);
    }
  });
});
