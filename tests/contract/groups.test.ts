import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

describe('E.1 groups and roles', () => {
  const rows: [string, { name: string; precedence?: number; role?: string }[], string | undefined][] = [
    ['no group has a role', [{ name: 'plain', precedence: 1 }], undefined],
    [
      'one is the strongest',
      [
        { name: 'strong', precedence: 0, role: 'Strong' },
        { name: 'weak', precedence: 5, role: 'Weak' },
      ],
      'Strong',
    ],
    [
      'the strongest share a role',
      [
        { name: 'first', precedence: 1, role: 'Same' },
        { name: 'second', precedence: 1, role: 'Same' },
        { name: 'third', precedence: 2, role: 'Other' },
      ],
      'Same',
    ],
    [
      'the strongest have different roles',
      [
        { name: 'left', precedence: 1, role: 'Left' },
        { name: 'right', precedence: 1, role: 'Right' },
      ],
      undefined,
    ],
    ['no precedence, one role', [{ name: 'lone', role: 'Lone' }], 'Lone'],
    [
      'a stronger group without a role',
      [
        { name: 'bare', precedence: 0 },
        { name: 'clad', precedence: 3, role: 'Clad' },
      ],
      'Clad',
    ],
  ];
  it.each(rows)('E.1 cognito:preferred_role: %s', async (_, groups, preferred) => {
    const pool = await stage.createPool();
    const { UserPoolId } = pool;
    await stage.createUser(UserPoolId, 'jane');
    for (const { name, precedence, role: roleName } of groups) {
      await stage.api.createGroup({
        UserPoolId,
        GroupName: name,
        ...(precedence !== undefined && { Precedence: precedence }),
        ...(roleName && { RoleArn: role(roleName) }),
      });
      await stage.api.adminAddUserToGroup({ UserPoolId, Username: 'jane', GroupName: name });
    }
    const { IdToken, AccessToken } = await stage.signIn(pool, 'jane');
    const id = decodeJwt<Record<string, string[]>>(IdToken);
    const names = groups.map(({ name }) => name).toSorted();
    const roles = groups.flatMap(({ role: roleName }) => (roleName ? [role(roleName)] : []));
    expect(id['cognito:groups']?.toSorted()).toEqual(names);
    expect(decodeJwt<Record<string, string[]>>(AccessToken)['cognito:groups']?.toSorted()).toEqual(names);
    expect(new Set(id['cognito:roles'])).toEqual(new Set(roles));
    expect(id['cognito:preferred_role']).toBe(preferred && role(preferred));
    expect(decodeJwt(AccessToken)).not.toHaveProperty('cognito:roles');
  });
});
