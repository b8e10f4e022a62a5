import {
  paginateAdminListGroupsForUser,
  paginateListGroups,
  paginateListUsersInGroup,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConfigurationApi, newUserPool, refusal, startConfigurationApi } from './configuration-api.ts';

const RoleArn = 'arn:aws:iam::000000000000:role/editors';

let server: ConfigurationApi;
let UserPoolId: string;
beforeAll(async () => {
  server = await startConfigurationApi();
  UserPoolId = (await newUserPool(server)).Id;
});
afterAll(() => server.close());

const createUser = (Username: string) =>
  server.api.adminCreateUser({ UserPoolId, Username, MessageAction: 'SUPPRESS' });

describe('a group', () => {
  it('is created, changed in part and deleted', async () => {
    const place = { UserPoolId, GroupName: 'editors' };
    const { Group } = await server.api.createGroup({ ...place, RoleArn, Precedence: 0 });
    expect(Group).toEqual({
      ...place,
      RoleArn,
      Precedence: 0,
      CreationDate: new Date(server.clock.now()),
      LastModifiedDate: new Date(server.clock.now()),
    });
    expect(await refusal(server.api.createGroup(place))).toBe(
      'GroupExistsException: A group with the name already exists',
    );
    server.clock.advance(1_000);
    await server.api.updateGroup({ ...place, Description: 'They write' });
    expect((await server.api.getGroup(place)).Group).toEqual({
      ...Group,
      Description: 'They write',
      LastModifiedDate: new Date(server.clock.now()),
    });
    await server.api.deleteGroup(place);
    const { api } = server;
    const calls = [
      () => api.getGroup(place),
      () => api.updateGroup(place),
      () => api.deleteGroup(place),
      () => api.listUsersInGroup(place),
    ];
    for (const call of calls)
      expect(await refusal(call())).toBe('ResourceNotFoundException: Group not found.');
  });

  it('has members that come, go, and outlive it', async () => {
    const place = { UserPoolId, GroupName: 'staff' };
    await server.api.createGroup(place);
    for (const name of ['ada', 'grace', 'linus']) {
      await createUser(name);
      await server.api.adminAddUserToGroup({ ...place, Username: name });
    }
    await server.api.adminAddUserToGroup({ ...place, Username: 'ada' });
    const members = async () => {
      const names: (string | undefined)[] = [];
      for await (const page of paginateListUsersInGroup({ client: server.api, pageSize: 2 }, { ...place }))
        names.push(...(page.Users ?? []).map(({ Username }) => Username));
      return names.sort();
    };
    expect(await members()).toEqual(['ada', 'grace', 'linus']);
    await server.api.adminRemoveUserFromGroup({ ...place, Username: 'grace' });
    expect(await members()).toEqual(['ada', 'linus']);
    await server.api.deleteGroup(place);
    expect((await server.api.adminListGroupsForUser({ UserPoolId, Username: 'ada' })).Groups).toEqual([]);
    expect((await server.api.adminGetUser({ UserPoolId, Username: 'ada' })).Username).toBe('ada');
  });

  it('that is not there, or a user who is not, is refused', async () => {
    await createUser('lonely');
    await server.api.createGroup({ UserPoolId, GroupName: 'empty' });
    expect(
      await refusal(server.api.adminAddUserToGroup({ UserPoolId, Username: 'lonely', GroupName: 'nowhere' })),
    ).toBe('ResourceNotFoundException: Group not found.');
    expect(
      await refusal(server.api.adminAddUserToGroup({ UserPoolId, Username: 'nobody', GroupName: 'empty' })),
    ).toBe('UserNotFoundException: User does not exist.');
    expect(await refusal(server.api.createGroup({ UserPoolId: 'us-east-1_Elsewhere', GroupName: 'x' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_Elsewhere does not exist.',
    );
  });

  it('is listed page by page, of a pool and of a user', async () => {
    await createUser('joiner');
    const wanted = ['list-a', 'list-b', 'list-c', 'list-ä'];
    for (const GroupName of wanted) {
      await server.api.createGroup({ UserPoolId, GroupName });
      await server.api.adminAddUserToGroup({ UserPoolId, GroupName, Username: 'joiner' });
    }
    const ofPool: (string | undefined)[] = [];
    for await (const page of paginateListGroups({ client: server.api, pageSize: 1 }, { UserPoolId }))
      ofPool.push(...(page.Groups ?? []).map(({ GroupName }) => GroupName));
    expect(ofPool.filter((name) => name?.startsWith('list-'))).toEqual(wanted);
    const ofUser: (string | undefined)[] = [];
    for await (const page of paginateAdminListGroupsForUser(
      { client: server.api, pageSize: 3 },
      { UserPoolId, Username: 'joiner' },
    ))
      ofUser.push(...(page.Groups ?? []).map(({ GroupName }) => GroupName));
    expect(ofUser).toEqual(wanted);
    expect(await refusal(server.api.listGroups({ UserPoolId, NextToken: 'garbage' }))).toBe(
      'InvalidParameterException: Invalid pagination token',
    );
  });
});
