import type { SchemaAttributeDocument } from '../configuration/schema-attribute-shape.ts';
import { schemaOf } from '../configuration/schema-of.ts';
import type { UserPoolDocument } from '../configuration/user-pool-document.ts';
import type { SchemaAttribute } from '../model/schema-attribute.ts';
import { userPoolArn } from '../model/user-pool.ts';
import type { StoreContext } from '../store/database.ts';
import { countUsers, type StoredUserPool } from '../store/user-pools.ts';
import { timestamp } from './user-type.ts';

/** API reference: UserPoolType. */
export function userPoolType(context: StoreContext, stored: StoredUserPool) {
  const { document, createdAt, modifiedAt } = stored;
  const { id, name, identity, settings, tags, domains } = document;
  const prefix = domains.find(({ certificateArn }) => certificateArn === undefined);
  const custom = domains.find(({ certificateArn }) => certificateArn !== undefined);
  return {
    Id: id,
    Name: name,
    ...settings,
    SchemaAttributes: schemaAttributes(document),
    ...identity,
    EstimatedNumberOfUsers: countUsers(context, id),
    ...(Object.keys(tags).length > 0 && { UserPoolTags: tags }),
    ...(prefix && { Domain: prefix.name }),
    ...(custom && { CustomDomain: custom.name }),
    Arn: userPoolArn(id),
    CreationDate: timestamp(createdAt),
    LastModifiedDate: timestamp(modifiedAt),
  };
}

/** API reference: UserPoolDescriptionType. */
export function userPoolDescription({ document, createdAt, modifiedAt }: StoredUserPool) {
  return {
    Id: document.id,
    Name: document.name,
    LambdaConfig: document.settings.LambdaConfig ?? {},
    CreationDate: timestamp(createdAt),
    LastModifiedDate: timestamp(modifiedAt),
  };
}

const SUB = {
  Name: 'sub',
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: false,
  Required: true,
  StringAttributeConstraints: { MinLength: '1', MaxLength: '2048' },
} satisfies SchemaAttributeDocument;

/** Every attribute of the pool, `sub` first. */
function schemaAttributes({ schema }: UserPoolDocument): SchemaAttributeDocument[] {
  return [SUB, ...[...schemaOf(schema).values()].map(schemaAttributeType)];
}

/** API reference: SchemaAttributeType, in which limits are texts. */
function schemaAttributeType(attribute: SchemaAttribute): SchemaAttributeDocument {
  const { name, type, mutable, required, minLength, maxLength, minValue, maxValue } = attribute;
  const numeral = (value: number | undefined) => (value === undefined ? undefined : String(value));
  return {
    Name: name,
    AttributeDataType: type,
    DeveloperOnlyAttribute: name.startsWith('dev:'),
    Mutable: mutable,
    Required: required,
    ...(type === 'String' && {
      StringAttributeConstraints: { MinLength: numeral(minLength), MaxLength: numeral(maxLength) },
    }),
    ...(type === 'Number' && {
      NumberAttributeConstraints: { MinValue: numeral(minValue), MaxValue: numeral(maxValue) },
    }),
  };
}
