import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { text } from '../aws-json/shapes.ts';
import { CognitoError } from '../errors.ts';
import { pageOfUsers } from '../model/list-users.ts';
import type { UserPool } from '../model/user-pool.ts';
import { requireUserPool } from './authorisation.ts';
import { AttributeNameListType, QueryLimitType, UserPoolIdType } from './shapes.ts';
import { allAttributes, userType } from './user-type.ts';

/** Users of a pool, page by page, all or those that a filter finds (Cognito: ListUsers). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    AttributesToGet: AttributeNameListType.optional(),
    Limit: QueryLimitType.optional(),
    PaginationToken: text({ min: 1, pattern: String.raw`[\S]+` }).optional(),
    Filter: text({ max: 256 }).optional(),
  }),
  (pool, input) => {
    const userPool = requireUserPool(pool, input.UserPoolId);
    const wanted = input.AttributesToGet;
    if (wanted) requireAttributes(userPool, wanted);
    const { users, next } = pageOfUsers(pool, userPool, {
      filter: input.Filter,
      limit: input.Limit,
      token: input.PaginationToken,
    });
    return {
      Users: users.map((user) => userType(user, shown(allAttributes(user), wanted))),
      ...(next !== undefined && { PaginationToken: next }),
    };
  },
);

function shown(attributes: Record<string, string>, wanted: string[] | undefined): Record<string, string> {
  if (!wanted) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted.includes(name)));
}

function requireAttributes({ schema }: UserPool, names: string[]): void {
  if (names.some((name) => name !== 'sub' && name !== 'identities' && !schema.has(name)))
    throw new CognitoError('InvalidParameterException', 'One or more requested attributes do not exist.');
}
