import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostedPool, pageAddress, startHostedPool, userPoolId } from './hosted-pool.ts';

let pool: HostedPool;

beforeAll(async () => {
  pool = await startHostedPool();
});
afterAll(() => pool.close());

interface Message {
  userPoolId: string;
  destination: string;
  purpose: string;
  code: string;
  sentAt: string;
}

async function messages(query: Record<string, string>): Promise<Message[]> {
  const response = await fetch(`${pool.url}/inbox.json?${new URLSearchParams(query)}`);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  return (await response.json()) as Message[];
}

async function askForCode(username: string): Promise<void> {
  const browser = pool.browse();
  await browser.submit(await browser.get(pageAddress('forgotPassword')), 'forgotPassword', { username });
}

describe('inbox', () => {
  it('is empty at first, then lists codes newest first, by pool, user and purpose', async () => {
    const browser = pool.browse();
    expect((await browser.get('/inbox')).text).toContain('No codes yet.');
    await askForCode('ada@example.com');
    pool.clock.advance(1000);
    await askForCode('grace@example.com');

    const all = await messages({});
    expect(all.map(({ destination }) => destination)).toEqual(['grace@example.com', 'ada@example.com']);
    expect(all[0]).toMatchObject({
      userPoolId,
      purpose: 'forgot',
      sentAt: new Date(pool.clock.now()).toISOString(),
    });
    expect(all[0]?.code).toMatch(/^\d{6}$/);
    expect(await messages({ username: 'ada@example.com' })).toHaveLength(1);
    expect(await messages({ purpose: 'signUp' })).toEqual([]);
    expect(await messages({ userPoolId: 'us-east-1_Nowhere01' })).toEqual([]);

    const page = (await browser.get('/inbox')).text;
    expect(page.indexOf('grace@example.com')).toBeLessThan(page.indexOf('ada@example.com'));
    const filtered = (await browser.get('/inbox?userPoolId=&username=ada%40example.com')).text;
    expect(filtered).toContain('ada@example.com');
    expect(filtered).not.toContain('grace@example.com');
    expect((await browser.get('/inbox?username=nobody')).text).toContain('No code matches.');
  });

  it('a purpose that does not exist is refused with a message that names those that do', async () => {
    const response = await fetch(`${pool.url}/inbox.json?purpose=constructor`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      message: 'The purpose must be one of signUp, forgot, verify, sms, email.',
    });
  });
});
