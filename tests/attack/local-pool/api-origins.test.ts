import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalPool, startLocalPool } from '../../../local-pool/src/start.ts';

let running: RunningLocalPool;
beforeAll(async () => {
  running = await startLocalPool({ port: 0 });
});
afterAll(() => running.close());

const signature = 'AWS4-HMAC-SHA256 Credential=local/x, SignedHeaders=host, Signature=00';
const admin = { 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools', authorization: signature };

interface Answer {
  status: number | undefined;
  body: Record<string, unknown>;
}

/** By Node's own client, because fetch sets Host and Origin as it sees fit. */
function post(headers: Record<string, string>, body = '{"MaxResults":10}'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(running.url, { method: 'POST', headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

describe('LP-13 administration from a browser that somebody else steers', () => {
  it.each(['evil.example', 'localhost.evil.example:9229', '127.0.0.1.nip.io', '169.254.169.254'])(
    'answers nothing to the Host %s, whose name leads here by DNS rebinding',
    async (host) => {
      expect((await post({ ...admin, host })).status).toBe(403);
    },
  );

  it.each(['https://evil.example', 'http://localhost.evil.example', 'null', 'http://192.168.0.1:3000'])(
    'does nothing for a page of %s, even with a signature that the page made up',
    async (origin) => {
      const { status, body } = await post({ ...admin, origin });
      expect({ status, type: body.__type }).toEqual({ status: 400, type: 'AccessDeniedException' });
    },
  );

  it('serves a page of this machine, and a program, that sign', async () => {
    const own = await post({ ...admin, origin: 'http://localhost:3000' });
    const program = await post(admin);
    for (const { status, body } of [own, program]) {
      expect(status).toBe(200);
      expect(body.UserPools).toHaveLength(1);
    }
  });

  it.each([
    ['no signature', {}, 'MissingAuthenticationTokenException'],
    ['a bearer token', { authorization: 'Bearer abc' }, 'IncompleteSignatureException'],
  ])('wants a signature: %s is not enough', async (_name, headers, type) => {
    const { status, body } = await post({ 'x-amz-target': admin['x-amz-target'], ...headers });
    expect({ status, type: body.__type }).toEqual({ status: 400, type });
  });

  it('does nothing for a form post, which a page may send without asking first', async () => {
    const form = { 'content-type': 'text/plain', origin: 'https://evil.example' };
    const { status, body } = await post(form, '{"MaxResults":10}');
    expect({ status, type: body.__type }).toEqual({ status: 400, type: 'UnknownOperationException' });
  });
});
