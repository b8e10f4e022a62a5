import type { oas31 } from 'zod-openapi';
import { isLimit, resolverOf, type Schema, type SchemaOrReference } from './document-schema.ts';
import { exampleOf } from './schema-example.ts';

/** One member of a JSON value, or one parameter, for people. */
export interface Member {
  /** As `sessions[].id`. */
  name: string;
  /** In words, with its limits. */
  type: string;
  required: boolean;
  description: string | undefined;
}

export interface SchemaReader {
  /** @returns what a value is, in words: `text, up to 200 characters` */
  typeOf(schema: SchemaOrReference): string;
  /** @returns the members of an object or of a list of objects, and theirs; nothing for a simple value */
  membersOf(schema: SchemaOrReference): Member[];
  /** @returns a value of this form: the schema's own example where it has one */
  exampleOf(schema: SchemaOrReference): unknown;
  descriptionOf(schema: SchemaOrReference): string | undefined;
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  null: 'null',
  object: 'object',
};

const formats: Readonly<Record<string, string>> = { uuid: 'UUID', uri: 'address', email: 'e-mail address' };

const inWords = (count: number): string => count.toLocaleString('en');

function range(from: number | undefined, to: number | undefined, unit: string): string {
  const least = isLimit(from) && from > 0 ? inWords(from) : undefined;
  const most = isLimit(to) ? inWords(to) : undefined;
  if (least && most) return `, ${least === most ? least : `${least} to ${most}`}${unit}`;
  if (most) return `, up to ${most}${unit}`;
  return least ? `, at least ${least}${unit}` : '';
}

/** @returns reads the schemas of one OpenAPI document, whose references it follows */
export function schemaReader(document: oas31.OpenAPIObject): SchemaReader {
  const resolved = resolverOf(document);

  function simpleType(schema: Schema, type: string | undefined): string {
    if (type === 'array') return `list of ${schema.items ? typeOf(schema.items as Schema) : 'anything'}`;
    const name = (schema.format && formats[schema.format]) ?? names[type ?? ''] ?? 'anything';
    if (type === 'string' && !schema.format)
      return `${name}${range(schema.minLength, schema.maxLength, ' characters')}`;
    return type === 'integer' || type === 'number'
      ? `${name}${range(schema.minimum, schema.maximum, '')}`
      : name;
  }

  function typeOf(reference: SchemaOrReference): string {
    const schema = resolved(reference);
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (alternatives) return alternatives.map((one) => typeOf(one as Schema)).join(' or ');
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    return types.map((type) => simpleType(schema, type)).join(' or ');
  }

  function membersOf(reference: SchemaOrReference, prefix = ''): Member[] {
    const schema = resolved(reference);
    if (schema.items) return membersOf(schema.items as Schema, `${prefix}[]`);
    const { properties = {}, required = [] } = schema;
    return Object.entries(properties).flatMap(([name, property]) => {
      const path = prefix ? `${prefix}.${name}` : name;
      const value = property as Schema;
      const member = {
        name: path,
        type: typeOf(value),
        required: required.includes(name),
        description: descriptionOf(value),
      };
      return [member, ...membersOf(value, path)];
    });
  }

  const descriptionOf = (schema: SchemaOrReference): string | undefined =>
    ('description' in schema && schema.description) || resolved(schema).description || undefined;

  return {
    typeOf,
    membersOf: (schema) => membersOf(schema),
    exampleOf: (schema) => exampleOf(schema, resolved),
    descriptionOf,
  };
}
