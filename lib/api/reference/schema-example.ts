import { isLimit, type Resolve, type Schema, type SchemaOrReference } from './document-schema.ts';

const examples: Readonly<Record<string, unknown>> = {
  uuid: '0198c0de-7a11-7c3e-9d52-3f1c5b6a7e21',
  uri: 'https://example.com/',
  email: 'ada@example.com',
};

/** @returns a value of this form: the schema's own example where it has one */
export function exampleOf(reference: SchemaOrReference, resolve: Resolve): unknown {
  const schema = resolve(reference);
  const own = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.enum?.[0] ?? schema.default;
  if (own !== undefined) return own;
  const [alternative] = schema.anyOf ?? schema.oneOf ?? [];
  if (alternative) return exampleOf(alternative as Schema, resolve);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return schema.items ? [exampleOf(schema.items as Schema, resolve)] : [];
  if (type === 'object') {
    const properties = Object.entries(schema.properties ?? {});
    return Object.fromEntries(
      properties.map(([name, property]) => [name, exampleOf(property as Schema, resolve)]),
    );
  }
  if (type === 'string') return examples[schema.format ?? ''] ?? 'text';
  if (type === 'integer' || type === 'number') return isLimit(schema.minimum) ? schema.minimum : 1;
  return type === 'boolean' ? true : null;
}
