import { paginateListUsers } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from '../../../../local-pool/src/model/user.ts';
import { insertUser } from '../../../../local-pool/src/store/users.ts';
import {
  attributeList,
  attributeRecord,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from './user-pool-api.ts';

let pool: UserPoolApi;
let people: TestPool;

beforeAll(async () => {
  pool = await startUserPoolApi();
  people = await pool.createPool({
    UsernameConfiguration: { CaseSensitive: false },
    Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }],
  });
  const all: [string, Record<string, string>][] = [
    ['ada', { email: 'ada@example.com', name: 'Ada "Countess" Lovelace', family_name: 'Lovelace' }],
    ['grace', { email: 'grace@example.com', phone_number: '+12065550100', 'custom:plan': 'pro' }],
    ['gracie', { email: 'gracie@other.example', preferred_username: 'Gigi' }],
  ];
  for (const [Username, attributes] of all)
    await pool.api.adminCreateUser({
      UserPoolId: people.UserPoolId,
      Username,
      UserAttributes: attributeList(attributes),
      MessageAction: 'SUPPRESS',
    });
  await pool.api.adminDisableUser({ UserPoolId: people.UserPoolId, Username: 'gracie' });
  await pool.api.signUp({ ClientId: people.ClientId, Username: 'linus', Password: 'Cabana-demo-1' });
});
afterAll(() => pool.close());

async function found(Filter: string): Promise<(string | undefined)[]> {
  const { Users } = await pool.api.listUsers({ UserPoolId: people.UserPoolId, Filter });
  return (Users ?? []).map(({ Username }) => Username);
}

describe('ListUsers', () => {
  it.each([
    ['', ['ada', 'grace', 'gracie', 'linus']],
    ['username = "ada"', ['ada']],
    ['username="ada"', ['ada']],
    ['"username" ^= "gra"', ['grace', 'gracie']],
    ['username ^= ""', ['ada', 'grace', 'gracie', 'linus']],
    ['username = "gra"', []],
    ['username = "Ada"', []],
    ['email = "ADA@example.com"', ['ada']],
    ['email ^= "grac"', ['grace', 'gracie']],
    ['phone_number = "+12065550100"', ['grace']],
    ['phone_number ^= "+1206"', ['grace']],
    ['name = "Ada \\"Countess\\" Lovelace"', ['ada']],
    ['family_name ^= "Love"', ['ada']],
    ['given_name = "Ada"', []],
    ['preferred_username = "gigi"', ['gracie']],
    ['cognito:user_status = "UNCONFIRMED"', ['linus']],
    ['cognito:user_status = "force_change_password"', ['ada', 'grace', 'gracie']],
    ['cognito:user_status ^= "un"', ['linus']],
    ['status = "Disabled"', ['gracie']],
    ['status = "Enabled"', ['ada', 'grace', 'linus']],
    ['status ^= "E"', ['ada', 'grace', 'linus']],
    ['status = "enabled"', []],
    ['email ^= "%"', []],
    ['email = "x\' OR 1=1 --"', []],
  ])('%s', async (filter, names) => {
    expect(await found(filter)).toEqual(names);
  });

  it('finds by sub', async () => {
    const { UserAttributes } = await pool.api.adminGetUser({
      UserPoolId: people.UserPoolId,
      Username: 'ada',
    });
    expect(await found(`sub = "${attributeRecord(UserAttributes).sub}"`)).toEqual(['ada']);
  });

  it.each([
    ['email', 'Error while parsing filter.'],
    ['email = ada', 'Error while parsing filter.'],
    ['email = "ada', 'Error while parsing filter.'],
    ['email > "a"', 'Error while parsing filter.'],
    ['email = "a" AND name = "b"', 'Error while parsing filter.'],
    ['custom:plan = "pro"', 'Invalid search attribute: custom:plan'],
    ['constructor = "x"', 'Invalid search attribute: constructor'],
  ])('refuses %s', async (filter, message) => {
    await expect(found(filter)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
  });

  it('gives the attributes asked for, which must exist', async () => {
    const ask = (AttributesToGet: string[]) =>
      pool.api.listUsers({ UserPoolId: people.UserPoolId, AttributesToGet, Filter: 'username = "grace"' });
    const { Users } = await ask(['email', 'custom:plan', 'name']);
    expect(attributeRecord(Users?.[0]?.Attributes)).toEqual({
      email: 'grace@example.com',
      'custom:plan': 'pro',
    });
    expect(Users?.[0]).toMatchObject({
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: new Date(pool.clock.now()),
    });
    await expect(ask(['custom:none'])).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('goes page by page with the SDK’s paginator', async () => {
    const input = { UserPoolId: people.UserPoolId, Limit: 3 };
    const names: (string | undefined)[][] = [];
    for await (const page of paginateListUsers({ client: pool.api }, input))
      names.push((page.Users ?? []).map(({ Username }) => Username));
    expect(names).toEqual([['ada', 'grace', 'gracie'], ['linus']]);
  });

  it('a token is good for its own query, and for an hour', async () => {
    const { UserPoolId } = people;
    const { PaginationToken } = await pool.api.listUsers({ UserPoolId, Limit: 1 });
    const next = (changes: object) =>
      pool.api.listUsers({ UserPoolId, Limit: 1, PaginationToken, ...changes });
    expect((await next({})).Users?.[0]?.Username).toBe('grace');
    const invalid = { name: 'InvalidParameterException', message: 'Invalid pagination token' };
    await expect(next({ Filter: 'status = "Enabled"' })).rejects.toMatchObject(invalid);
    for (const token of ['garbage', '__proto__', 'e30', 'bnVsbA'])
      await expect(next({ PaginationToken: token })).rejects.toMatchObject(invalid);
    const other = await pool.createPool();
    await expect(next({ UserPoolId: other.UserPoolId })).rejects.toMatchObject(invalid);
    pool.clock.advance(60 * 60 * 1000);
    await expect(next({})).rejects.toMatchObject(invalid);
  });

  it('a hundred thousand users are no reason to wait', { timeout: 120_000 }, async () => {
    const { UserPoolId } = await pool.createPool();
    for (let start = 0; start < 100_000; start += 5000) {
      await new Promise(setImmediate);
      pool.pool.store.transaction(() => {
        for (let place = start; place < start + 5000; place += 1) insertUser(pool.pool, ...person(place));
      });
    }
    /** Milliseconds, the way there and back included; the best of ten, because others use the machine too. */
    const took = async (input: object, first: string | undefined): Promise<number> => {
      const times: number[] = [];
      for (let count = 0; count < 10; count += 1) {
        const start = performance.now();
        const { Users } = await pool.api.listUsers({ UserPoolId, ...input });
        times.push(performance.now() - start);
        expect(Users?.[0]?.Username).toBe(first);
      }
      return Math.min(...times);
    };
    const times = [
      await took({}, 'user000000'),
      await took({ Filter: 'email = "user099999@example.com"' }, 'user099999'),
      await took({ Filter: 'username ^= "user0999"' }, 'user099900'),
      await took({ Filter: 'sub = "user050000-sub"' }, 'user050000'),
      await took({ Filter: 'email = "nobody@example.com"' }, undefined),
    ];
    expect(Math.max(...times)).toBeLessThan(200);

    function person(place: number): [User, string[]] {
      const name = `user${String(place).padStart(6, '0')}`;
      const now = pool.clock.now();
      const user: User = {
        sub: `${name}-sub`,
        username: name,
        userPoolId: UserPoolId,
        status: 'CONFIRMED',
        enabled: true,
        attributes: { email: `${name}@example.com`, name },
        details: {},
        createdAt: now,
        modifiedAt: now,
      };
      return [user, [name]];
    }
  });
});
