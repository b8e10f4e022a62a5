import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPassword } from '../../../local-pool/src/authentication/password.ts';
import { findUserByTypedName } from '../../../local-pool/src/model/user-names.ts';
import { type RunningLocalPool, startLocalPool } from '../../../local-pool/src/start.ts';
import { listGroupsOfUser } from '../../../local-pool/src/store/groups.ts';
import { loadUsers } from '../../../local-pool/src/template/load-users.ts';

const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
const file = join(folder, 'people.yaml');
let running: RunningLocalPool;

beforeAll(async () => {
  running = await startLocalPool({ port: 0 });
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

function userPool() {
  const [first] = running.pool.userPools();
  if (!first) throw new Error('The local pool has no user pool.');
  return first;
}

function load(text: string): void {
  writeFileSync(file, text);
  loadUsers(running.pool, userPool(), ['admins', 'editors'], file);
}

const find = (name: string) => findUserByTypedName(running.pool, userPool(), name);

async function signIn(username: string, password: string): Promise<string> {
  const client = running.pool.appClient('cabanaweb00000000000000001');
  if (!client) throw new Error('The template has no web client.');
  const attempt = { pool: running.pool, userPool: userPool(), client, admin: false, ip: '127.0.0.1' };
  const user = await checkPassword(
    { ...attempt, validationData: {}, clientMetadata: {} },
    username,
    password,
  );
  return user.status;
}

describe('the users file', () => {
  it('creates confirmed users with groups and attributes, every attribute a text', () => {
    load(`
users:
  - username: mary@example.com
    password: Cabana-demo-1
    groups: [editors, admins]
    attributes: { name: Mary, email_verified: true, custom:plan: pro }`);
    const mary = find('MARY@example.com');
    expect(mary).toMatchObject({
      status: 'CONFIRMED',
      enabled: true,
      attributes: { email: 'mary@example.com', name: 'Mary', email_verified: 'true', 'custom:plan': 'pro' },
    });
    const groups = listGroupsOfUser(running.pool, userPool().id, mary?.sub ?? '');
    expect(groups.map(({ name }) => name)).toEqual(['admins', 'editors']);
  });

  it('leaves a user who exists as they are', async () => {
    load('users: [{ username: rosa@example.com, password: Cabana-demo-1 }]');
    const before = find('rosa@example.com');
    load('users: [{ username: Rosa@example.com, password: Cabana-demo-2, attributes: { name: Rosa } }]');
    expect(find('rosa@example.com')).toEqual(before);
    expect(await signIn('rosa@example.com', 'Cabana-demo-1')).toBe('CONFIRMED');
    await expect(signIn('rosa@example.com', 'Cabana-demo-2')).rejects.toThrow(
      'Incorrect username or password.',
    );
  });

  it.each([
    [
      'a group that is none',
      '{ username: x1@example.com, password: Cabana-demo-1, groups: [owners] }',
      'x1@example.com is to be in owners, which is no group of the template.',
    ],
    [
      'a weak password',
      '{ username: x2@example.com, password: weak }',
      'x2@example.com: Password did not conform with policy: Password not long enough',
    ],
    [
      'a name that is no address',
      '{ username: x3, password: Cabana-demo-1 }',
      'x3: Username should be an email.',
    ],
    [
      'an unknown attribute',
      '{ username: x4@example.com, password: Cabana-demo-1, attributes: { colour: red } }',
      'x4@example.com: ',
    ],
    [
      'an attribute that is too long',
      `{ username: x5@example.com, password: Cabana-demo-1, attributes: { custom:plan: ${'x'.repeat(33)} } }`,
      'x5@example.com: ',
    ],
    ['no password', '{ username: x6@example.com }', 'users.0.password: '],
    [
      'an unknown member',
      '{ username: x7@example.com, password: Cabana-demo-1, role: admin }',
      'users.0.role: ',
    ],
    [
      'a nested attribute',
      '{ username: x8@example.com, password: Cabana-demo-1, attributes: { name: { first: X } } }',
      'users.0.attributes.name: ',
    ],
  ])('with %s is refused, naming the place, and creates nobody', (_, user, message) => {
    expect(() => load(`users: [${user}]`)).toThrow(message);
    expect(() => load(`users: [${user}]`)).toThrow(/^people\.yaml/);
    expect(find(/x\d(@example\.com)?/.exec(user)?.[0] ?? '')).toBeUndefined();
  });

  it('no refusal repeats a password', () => {
    const refused = () => load('users: [{ username: x9@example.com, password: Secret7 }]');
    expect(refused).toThrow('x9@example.com');
    expect(refused).not.toThrow('Secret7');
  });

  it.each(['users: nobody', '[]', 'people: []', ''])('%j is no users file', (text) => {
    expect(() => load(text)).toThrow(/^people\.yaml/);
  });
});
