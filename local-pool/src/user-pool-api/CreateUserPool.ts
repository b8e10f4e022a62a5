import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { list } from '../aws-json/shapes.ts';
import { createUserPool } from '../configuration/configure-user-pool.ts';
import { wire } from '../configuration/notation.ts';
import { schemaAttribute } from '../configuration/schema-attribute-shape.ts';
import { userPoolIdentity, userPoolSettings } from '../configuration/user-pool-settings.ts';
import { UserPoolNameType, UserPoolTagsType } from './shapes.ts';
import { userPoolType } from './user-pool-type.ts';

/** A user pool of its own, in which everything that is not given has its default (Cognito: CreateUserPool). */
export const operation = signedOperation(
  z.object({
    PoolName: UserPoolNameType,
    ...userPoolIdentity(wire),
    ...userPoolSettings(wire),
    Schema: list(schemaAttribute(wire), { min: 1, max: 50 }).optional(),
    UserPoolTags: UserPoolTagsType.optional(),
  }),
  async (pool, input) => {
    const { PoolName, AliasAttributes, UsernameAttributes, UsernameConfiguration, ...rest } = input;
    const { Schema = [], UserPoolTags = {}, ...settings } = rest;
    const stored = await createUserPool(pool, {
      name: PoolName,
      identity: { AliasAttributes, UsernameAttributes, UsernameConfiguration },
      schema: Schema,
      settings,
      tags: UserPoolTags,
    });
    return { UserPool: userPoolType(pool, stored) };
  },
);
