import { z } from 'zod';
import { integer, text } from '../aws-json/shapes.ts';
import type { GroupSettings } from '../configuration/configure-group.ts';
import { ArnType } from '../configuration/lambda-config-shape.ts';
import type { Group } from '../model/group.ts';
import { GroupNameType, UserPoolIdType } from './shapes.ts';
import { timestamp } from './user-type.ts';

/** What CreateGroup and UpdateGroup take. */
export const groupInput = z.object({
  UserPoolId: UserPoolIdType,
  GroupName: GroupNameType,
  Description: text({ max: 2048 }).optional(),
  RoleArn: ArnType.optional(),
  Precedence: integer({ min: 0 }).optional(),
});

export function groupSettings(input: z.infer<typeof groupInput>): GroupSettings {
  const { UserPoolId, GroupName, Description, RoleArn, Precedence } = input;
  return {
    userPoolId: UserPoolId,
    name: GroupName,
    ...(Description !== undefined && { description: Description }),
    ...(RoleArn !== undefined && { roleArn: RoleArn }),
    ...(Precedence !== undefined && { precedence: Precedence }),
  };
}

/** API reference: GroupType. */
export function groupType(group: Group) {
  return {
    GroupName: group.name,
    UserPoolId: group.userPoolId,
    Description: group.description,
    RoleArn: group.roleArn,
    Precedence: group.precedence,
    CreationDate: timestamp(group.createdAt),
    LastModifiedDate: timestamp(group.modifiedAt),
  };
}
