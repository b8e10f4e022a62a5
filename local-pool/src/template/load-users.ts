import { basename } from 'node:path';
import { z } from 'zod';
import { CognitoError, StartError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { requireSchema } from '../model/attributes.ts';
import { createUser, withUsernameAttribute } from '../model/create-user.ts';
import { requirePasswordPolicy } from '../model/password-policy.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import type { UserPool } from '../model/user-pool.ts';
import { addGroupMember } from '../store/groups.ts';
import { parseTemplate } from './parse-template.ts';
import { readText } from './read-text.ts';
import { firstProblem } from './template-document.ts';

const user = z.strictObject({
  username: z.string(),
  password: z.string(),
  groups: z.array(z.string()).default([]),
  attributes: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .default({}),
});

const usersFile = z.strictObject({ users: z.array(user) });

/**
 * Creates the users of a file, each once: whoever exists is left as they are, so that a changed password outlives a restart.
 * @throws StartError naming the user and what is wrong with them
 */
export function loadUsers(
  pool: LocalPool,
  userPool: UserPool,
  groupNames: readonly string[],
  file: string,
): void {
  const parsed = usersFile.safeParse(parseTemplate(readText(file), file));
  if (!parsed.success) throw firstProblem(parsed.error, basename(file));
  for (const { username, password, groups, attributes } of parsed.data.users) {
    const unknown = groups.find((group) => !groupNames.includes(group));
    if (unknown)
      throw new StartError(
        `${basename(file)}: ${username} is to be in ${unknown}, which is no group of the template.`,
      );
    if (findUserByTypedName(pool, userPool, username)) continue;
    try {
      const all = withUsernameAttribute(userPool, username, attributes);
      requireSchema(userPool, all, { newUser: true });
      requirePasswordPolicy(userPool.passwordPolicy, password);
      const created = createUser(pool, userPool, username, password, all, 'CONFIRMED');
      for (const group of groups) addGroupMember(pool, userPool.id, created.sub, group);
    } catch (error) {
      if (error instanceof CognitoError)
        throw new StartError(`${basename(file)}: ${username}: ${error.message}`);
      throw error;
    }
  }
}
