import type { oas31 } from 'zod-openapi';

export type Schema = oas31.SchemaObject;
/** As the document has them: by value, or by name. */
export type SchemaOrReference = Schema | oas31.ReferenceObject;

export type Resolve = (schema: SchemaOrReference) => Schema;

/** @returns finds the schemas of one OpenAPI document by their names; one that it does not have says nothing */
export const resolverOf =
  (document: oas31.OpenAPIObject): Resolve =>
  (schema) => {
    if (!('$ref' in schema) || !schema.$ref) return schema as Schema;
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return (document.components?.schemas?.[name] ?? {}) as Schema;
  };

/** What every schema of integers says, because JavaScript cannot count further, is none. */
export const isLimit = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
