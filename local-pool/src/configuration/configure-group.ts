import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { Group } from '../model/group.ts';
import { findGroup, putGroup } from '../store/groups.ts';

export type GroupSettings = Omit<Group, 'createdAt' | 'modifiedAt'>;

/** @throws CognitoError ResourceNotFoundException */
export function requireGroup(pool: LocalPool, userPoolId: string, name: string): Group {
  const group = findGroup(pool, userPoolId, name);
  if (!group) throw new CognitoError('ResourceNotFoundException', 'Group not found.');
  return group;
}

/** @throws CognitoError GroupExistsException (Cognito: CreateGroup) */
export function createGroup(pool: LocalPool, group: GroupSettings): Group {
  if (findGroup(pool, group.userPoolId, group.name))
    throw new CognitoError('GroupExistsException', 'A group with the name already exists');
  putGroup(pool, group);
  return requireGroup(pool, group.userPoolId, group.name);
}

/**
 * Changes what is given of a group and leaves the rest as it is.
 * @throws CognitoError ResourceNotFoundException (Cognito: UpdateGroup)
 */
export function updateGroup(pool: LocalPool, change: GroupSettings): Group {
  putGroup(pool, { ...requireGroup(pool, change.userPoolId, change.name), ...change });
  return requireGroup(pool, change.userPoolId, change.name);
}
