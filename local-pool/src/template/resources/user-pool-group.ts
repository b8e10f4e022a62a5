import { z } from 'zod';
import type { Group } from '../../model/group.ts';
import { count, userPoolId } from '../property-types.ts';

export const userPoolGroupProperties = z.strictObject({
  UserPoolId: userPoolId,
  GroupName: z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u),
  Description: z.string().max(2_048).optional(),
  Precedence: count.pipe(z.number().min(0)).optional(),
  RoleArn: z.string().optional(),
});

export function groupOf(
  properties: z.infer<typeof userPoolGroupProperties>,
): Omit<Group, 'createdAt' | 'modifiedAt'> {
  const { UserPoolId, GroupName, Description, Precedence, RoleArn } = properties;
  return {
    userPoolId: UserPoolId,
    name: GroupName,
    ...(Description !== undefined && { description: Description }),
    ...(Precedence !== undefined && { precedence: Precedence }),
    ...(RoleArn !== undefined && { roleArn: RoleArn }),
  };
}
