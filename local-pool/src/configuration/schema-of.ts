import { type SchemaAttribute, standardAttributes } from '../model/schema-attribute.ts';
import type { SchemaAttributeDocument } from './schema-attribute-shape.ts';

/**
 * All attributes of a pool by the names that users have them under: `email`, `custom:plan`, `dev:custom:score`.
 * `sub`, which is no stored attribute, is not among them.
 */
export function schemaOf(configured: SchemaAttributeDocument[]): Map<string, SchemaAttribute> {
  const schema = standardAttributes();
  for (const definition of configured) {
    const standard = definition.added ? undefined : schema.get(definition.Name);
    const attribute = withDefinition(
      standard ?? { name: prefixed(definition), type: 'String', mutable: true, required: false },
      definition,
    );
    schema.set(attribute.name, attribute);
  }
  return schema;
}

function prefixed({ Name, DeveloperOnlyAttribute }: SchemaAttributeDocument): string {
  return `${DeveloperOnlyAttribute ? 'dev:custom:' : 'custom:'}${Name}`;
}

function withDefinition(usual: SchemaAttribute, definition: SchemaAttributeDocument): SchemaAttribute {
  const { MinLength, MaxLength } = definition.StringAttributeConstraints ?? {};
  const { MinValue, MaxValue } = definition.NumberAttributeConstraints ?? {};
  return {
    ...usual,
    type: definition.AttributeDataType ?? usual.type,
    mutable: definition.Mutable ?? usual.mutable,
    required: definition.Required ?? usual.required,
    ...(MinLength !== undefined && { minLength: Number(MinLength) }),
    ...(MaxLength !== undefined && { maxLength: Number(MaxLength) }),
    ...(MinValue !== undefined && { minValue: Number(MinValue) }),
    ...(MaxValue !== undefined && { maxValue: Number(MaxValue) }),
  };
}
