import { byPrecedence, type Group } from '../model/group.ts';
import type { StoreContext } from './database.ts';

/** Writes a group, replacing the one of the same name and keeping its members. */
export function putGroup({ store }: StoreContext, group: Group): void {
  store
    .sql(
      `INSERT INTO groups VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET description = excluded.description, role_arn = excluded.role_arn, precedence = excluded.precedence`,
    )
    .run(
      group.userPoolId,
      group.name,
      group.description ?? null,
      group.roleArn ?? null,
      group.precedence ?? null,
    );
}

export function addGroupMember(
  { store }: StoreContext,
  userPoolId: string,
  sub: string,
  groupName: string,
): void {
  store
    .sql('INSERT INTO group_members VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .run(userPoolId, sub, groupName);
}

/** The groups of a user, strongest first. */
export function listGroupsOfUser({ store }: StoreContext, userPoolId: string, sub: string): Group[] {
  return store
    .sql(
      `SELECT groups.* FROM group_members JOIN groups
         ON groups.user_pool_id = group_members.user_pool_id AND groups.name = group_members.group_name
       WHERE group_members.user_pool_id = ? AND sub = ?`,
    )
    .all(userPoolId, sub)
    .map(toGroup)
    .sort(byPrecedence);
}

function toGroup(row: Record<string, unknown>): Group {
  return {
    userPoolId: String(row.user_pool_id),
    name: String(row.name),
    ...(row.description !== null && { description: String(row.description) }),
    ...(row.role_arn !== null && { roleArn: String(row.role_arn) }),
    ...(row.precedence !== null && { precedence: Number(row.precedence) }),
  };
}
