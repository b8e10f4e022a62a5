import fc from 'fast-check';
import type { oas31 } from 'zod-openapi';
import type { ApiDocument, DescribedOperation } from './api-document.ts';
import { nastyString, validValues } from './schema-arbitraries.ts';

/** A part of a request: itself, or one of the texts that earlier answers held, by its number. */
export type Part = { text: string } | { remembered: number };

export interface MadeRequest {
  id: string;
  method: string;
  template: string;
  params: Record<string, Part>;
  /** Percent signs as they stand: an address that nobody encoded. */
  raw: boolean;
  query: [name: string, value: Part][];
  headers: Record<string, Part>;
  contentType: string | undefined;
  body: string | Uint8Array | undefined;
}

/** JSON can say half of a character; it goes over the wire as an escape. */
const asText = (value: unknown): string =>
  typeof value === 'string' ? value : String(JSON.stringify(value));

const parametersOf = ({ operation }: DescribedOperation, place: string): oas31.ParameterObject[] =>
  (operation.parameters ?? []).filter(
    (parameter): parameter is oas31.ParameterObject => 'in' in parameter && parameter.in === place,
  );

const contentTypes = fc.oneof(
  { weight: 12, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      undefined,
      'text/plain',
      'application/json; charset=utf-16',
      'multipart/form-data',
      'x',
    ),
  },
);

/** @returns requests of every kind for one operation: as described, nearly so, and not at all */
export function requestsOf(
  { document }: ApiDocument,
  described: DescribedOperation,
): fc.Arbitrary<MadeRequest> {
  const values = validValues(document);
  const schemaOf = ({ schema }: oas31.ParameterObject) => (schema ?? {}) as oas31.SchemaObject;

  const part = (schema: oas31.SchemaObject): fc.Arbitrary<Part> =>
    fc.oneof(
      { weight: 4, arbitrary: values(schema).map((value) => ({ text: asText(value) })) },
      { weight: 3, arbitrary: fc.nat().map((remembered) => ({ remembered })) },
      { weight: 2, arbitrary: nastyString.map((text) => ({ text })) },
    );
  const parts = (place: string, requiredKeys: string[]) => {
    const parameters = parametersOf(described, place);
    const record = Object.fromEntries(
      parameters.map((parameter) => [parameter.name, part(schemaOf(parameter))]),
    );
    return fc.record(record, { requiredKeys }) as fc.Arbitrary<Record<string, Part>>;
  };

  const { requestBody } = described.operation;
  const content =
    requestBody && 'content' in requestBody ? requestBody.content['application/json'] : undefined;
  const valid = content?.schema ? values(content.schema as oas31.SchemaObject) : fc.jsonValue();
  const changed = fc
    .tuple(
      valid,
      fc.oneof(nastyString, fc.constantFrom('note', 'title', 'id')),
      fc.oneof(fc.jsonValue(), nastyString),
    )
    .map(([value, name, member]) =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries([...Object.entries(value), [name, member]])
        : member,
    );
  const body = fc.oneof(
    { weight: 6, arbitrary: valid.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: changed.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(undefined, '', '{', '['.repeat(5_000), `{"a":"${'x'.repeat(80_000)}"}`),
    },
  );

  const anyQuery = fc.array(
    fc.tuple(
      nastyString,
      nastyString.map((text) => ({ text })),
    ),
    { maxLength: 2 },
  );
  const required = parametersOf(described, 'path').map(({ name }) => name);
  return fc.record({
    id: fc.constant(described.id),
    method: fc.constant(described.method.toUpperCase()),
    template: fc.constant(described.path),
    params: parts('path', required),
    raw: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    query: fc
      .tuple(parts('query', []), anyQuery)
      .map(([known, any]) => [...Object.entries(known), ...any] as MadeRequest['query']),
    headers: parts('header', []),
    contentType: requestBody ? contentTypes : fc.constant(undefined),
    body: requestBody
      ? body
      : fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: body }),
  });
}
