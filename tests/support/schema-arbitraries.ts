import fc from 'fast-check';
import type { oas31 } from 'zod-openapi';

type Schema = oas31.SchemaObject;
type Reference = { $ref: string };

/** Strings that something between the network and the database may stumble over. */
export const nastyString: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '.',
    '..',
    '../../etc/passwd',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\ufeff',
    '\uffff',
    '\u202e',
    '\r\nx: y',
    '%',
    '%00',
    '%2e%2e%2f',
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    '-1',
    '1e400',
    '9007199254740993',
    "'; drop table sessions; --",
    '" or ""="',
    '<script>alert(1)</script>',
    '{{7*7}}',
    '[id]',
    'x.rsc',
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
    'e\u0301',
    '*',
    'W/"1"',
    '"',
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(129, 256, 2_000, 3_000).map((length) => 'x'.repeat(length)),
);

/** Not every pattern of JSON Schema can be turned round; of the others, any text is tried. */
function matching(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return undefined;
  }
}

function text({ format, pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid();
  const arbitrary =
    (pattern && matching(pattern)) ||
    fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 400) });
  return arbitrary.map((value) => value.slice(0, maxLength));
}

const integer = ({ minimum = -1_000, maximum = 1_000 }: Schema): fc.Arbitrary<unknown> =>
  fc.integer({ min: Math.max(Number(minimum), -(2 ** 31)), max: Math.min(Number(maximum), 2 ** 31 - 1) });

/** @returns makes, of a schema of the document, values that it allows, as nearly as that can be done */
export function validValues(
  document: oas31.OpenAPIObject,
): (schema: Schema | Reference) => fc.Arbitrary<unknown> {
  const resolved = (schema: Schema | Reference): Schema =>
    '$ref' in schema && schema.$ref
      ? ((document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}) as Schema)
      : (schema as Schema);

  function object({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
    const members = Object.entries(properties).map(
      ([name, schema]) => [name, values(schema as Schema)] as const,
    );
    return fc.record(Object.fromEntries(members), { requiredKeys: required as string[] });
  }

  function ofType(schema: Schema, type: unknown): fc.Arbitrary<unknown> {
    switch (type) {
      case 'string':
        return text(schema);
      case 'integer':
        return integer(schema);
      case 'number':
        return fc.double({ noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(schema.items ? values(schema.items as Schema) : fc.jsonValue(), { maxLength: 5 });
      case 'object':
        return object(schema);
      default:
        return fc.jsonValue();
    }
  }

  function values(reference: Schema | Reference): fc.Arbitrary<unknown> {
    const schema = resolved(reference);
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (alternatives) return fc.oneof(...alternatives.map((one) => values(one as Schema)));
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]));
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    const examples = [schema.example, ...((schema.examples as unknown[] | undefined) ?? [])].filter(
      (example) => example !== undefined,
    );
    const made = types.map((type) => ofType(schema, type));
    return examples.length > 0 ? fc.oneof(fc.constantFrom(...examples), ...made) : fc.oneof(...made);
  }
  return values;
}
