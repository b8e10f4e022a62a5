import { byPrecedence, type Group } from '../model/group.ts';
import type { User } from '../model/user.ts';
import type { StoreContext } from './database.ts';
import { toUser } from './users.ts';

/** Writes a group, replacing the one of the same name and keeping its members; one that is the same is not touched. */
export function putGroup(
  { store, clock }: StoreContext,
  group: Omit<Group, 'createdAt' | 'modifiedAt'>,
): void {
  const now = clock.now();
  store
    .sql(
      `INSERT INTO groups VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET description = excluded.description,
       role_arn = excluded.role_arn, precedence = excluded.precedence, modified_at = excluded.modified_at
       WHERE description IS NOT excluded.description OR role_arn IS NOT excluded.role_arn
         OR precedence IS NOT excluded.precedence`,
    )
    .run(
      group.userPoolId,
      group.name,
      group.description ?? null,
      group.roleArn ?? null,
      group.precedence ?? null,
      now,
      now,
    );
}

export function findGroup({ store }: StoreContext, userPoolId: string, name: string): Group | undefined {
  const row = store.sql('SELECT * FROM groups WHERE user_pool_id = ? AND name = ?').get(userPoolId, name);
  return row && toGroup(row);
}

/** Groups of a pool in the order of their names. @param after the name that comes before the first */
export function listGroups(
  { store }: StoreContext,
  userPoolId: string,
  after: string,
  count: number,
): Group[] {
  return store
    .sql('SELECT * FROM groups WHERE user_pool_id = ? AND name > ? ORDER BY name LIMIT ?')
    .all(userPoolId, after, count)
    .map(toGroup);
}

/** Removes a group; its members are users as before. */
export function removeGroup({ store }: StoreContext, userPoolId: string, name: string): void {
  store.sql('DELETE FROM groups WHERE user_pool_id = ? AND name = ?').run(userPoolId, name);
}

/** Members of a group in the order of their `sub`. @param after the `sub` that comes before the first */
export function listGroupMembers(
  { store }: StoreContext,
  userPoolId: string,
  groupName: string,
  after: string,
  count: number,
): User[] {
  return store
    .sql(
      `SELECT users.* FROM group_members JOIN users USING (user_pool_id, sub)
       WHERE user_pool_id = ? AND group_name = ? AND sub > ? ORDER BY sub LIMIT ?`,
    )
    .all(userPoolId, groupName, after, count)
    .flatMap((row) => toUser(row) ?? []);
}

export function removeGroupMember(
  { store }: StoreContext,
  userPoolId: string,
  sub: string,
  groupName: string,
): void {
  store
    .sql('DELETE FROM group_members WHERE user_pool_id = ? AND sub = ? AND group_name = ?')
    .run(userPoolId, sub, groupName);
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
    createdAt: Number(row.created_at),
    modifiedAt: Number(row.modified_at),
  };
}
