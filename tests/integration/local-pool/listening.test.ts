import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../../local-pool/src/listen.ts';
import { startHostedPool, userPoolId } from './hosted-ui/hosted-pool.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function occupy(host: string, port = 0): Promise<number> {
  const server = createServer().listen(port, host);
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe.skipIf(!hasIpv6)('a port that is free on 127.0.0.1 and taken on ::1', () => {
  it('is refused, and its free half is given back', async () => {
    const port = await occupy('::1');
    await expect(listen(() => new Response(), port)).rejects.toThrow(`Port ${port} is taken`);
    expect(await occupy('127.0.0.1', port)).toBe(port);
  });
});

describe('a form larger than any honest one', () => {
  it.each(['token', 'revoke'])('is refused by /oauth2/%s as invalid_request', async (endpoint) => {
    const running = await startHostedPool();
    const post = (length: number) =>
      fetch(`${running.url}/${userPoolId}/oauth2/${endpoint}`, {
        method: 'POST',
        body: new URLSearchParams({ token: 'x'.repeat(length) }),
      });
    const large = await post(70_000);
    expect(large.status).toBe(400);
    expect(await large.json()).toEqual({
      error: 'invalid_request',
      error_description: 'The body is too large',
    });
    expect(await (await post(2_000)).json()).not.toHaveProperty('error_description', 'The body is too large');
    await running.close();
  });
});
