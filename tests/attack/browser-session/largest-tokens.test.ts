import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { type PoolAndApp, people, startPoolAndApp } from '../../support/local-pool.ts';

const UserPoolId = 'us-east-1_Cabana001';
const ClientId = 'cabanaweb00000000000000001';

let stand: PoolAndApp;
let api: CognitoIdentityProvider;

beforeAll(async () => {
  stand = await startPoolAndApp();
  api = new CognitoIdentityProvider({
    endpoint: stand.pool.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  api.destroy();
  await stand.stop();
});

/** Gives a demonstration user this many groups and, `plan` and `tenant` included, custom attributes. */
async function endow(Username: string, groups: number, attributes: number, value: string): Promise<void> {
  const names = Array.from({ length: attributes - 2 }, (_, index) => `attribute_${index}`);
  const { UserPool } = await api.describeUserPool({ UserPoolId });
  const known = UserPool?.SchemaAttributes?.map(({ Name }) => Name) ?? [];
  const missing = names.filter((name) => !known.includes(`custom:${name}`));
  if (missing.length > 0) {
    const CustomAttributes = missing.map((Name) => ({
      Name,
      AttributeDataType: 'String' as const,
      Mutable: true,
      StringAttributeConstraints: { MinLength: '0', MaxLength: '2048' },
    }));
    await api.addCustomAttributes({ UserPoolId, CustomAttributes });
  }
  const { UserPoolClient } = await api.describeUserPoolClient({ UserPoolId, ClientId });
  const readable = ['email', 'email_verified', 'name', 'custom:plan', 'custom:tenant'];
  const { ClientSecret: _, CreationDate: __, LastModifiedDate: ___, ...settings } = UserPoolClient ?? {};
  await api.updateUserPoolClient({
    ...settings,
    UserPoolId,
    ClientId,
    ReadAttributes: [...readable, ...names.map((name) => `custom:${name}`)],
  });
  const UserAttributes = names.map((name, index) => ({ Name: `custom:${name}`, Value: `${value} ${index}` }));
  await api.adminUpdateUserAttributes({ UserPoolId, Username, UserAttributes });
  for (let index = 0; index < groups; index += 1) {
    const GroupName = `department-${index}-members`;
    await api.createGroup({ UserPoolId, GroupName }).catch(() => undefined);
    await api.adminAddUserToGroup({ UserPoolId, Username, GroupName });
  }
}

test('BS-02 real tokens of 25 groups and 20 custom claims: each cookie within 4,096 bytes, all of them under 8 KB', async () => {
  await endow(people.grace.username, 24, 20, 'a value of some length');
  const browser = openBrowser(stand.app);
  const lines: number[] = [];
  const receive = browser.jar.receive.bind(browser.jar);
  browser.jar.receive = (url, set) => {
    if (url.origin === stand.app.url) lines.push(...set.map((line) => Buffer.byteLength(line)));
    receive(url, set);
  };
  const page = await browser.signIn({ ...people.grace, returnTo: '/home' });
  expect(page.status).toBe(200);
  expect(page.text).toContain('custom:attribute_17');
  expect(page.text).toContain('department-23-members');
  expect(lines.length).toBeGreaterThan(4);
  expect(Math.max(...lines)).toBeLessThanOrEqual(4_096);
  const own = Object.entries(browser.cookies()).filter(([name]) => /^(session|refresh|flow-)/.test(name));
  expect(Buffer.byteLength(own.map(([name, value]) => `${name}=${value}`).join('; '))).toBeLessThan(8_192);
});

test('BS-02 claims beyond that end the sign-in with a code, and the log names the largest of them', async () => {
  await endow(people.ada.username, 0, 20, 'a long value, '.repeat(16));
  const browser = openBrowser(stand.app);
  const page = await browser.signIn({ ...people.ada, returnTo: '/home' });
  expect(page.url.pathname + page.url.search).toBe('/sign-in?error=session_too_large&returnTo=%2Fhome');
  expect(page.text).toContain('does not fit into a session');
  expect(Object.keys(browser.cookies()).filter((name) => /^(session|refresh|flow-)/.test(name))).toEqual([]);
  expect(stand.app.output()).toMatch(/"session_too_large","claims":"custom:attribute_\d+ /);
});
