import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { oas31 } from 'zod-openapi';

export const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

export interface DescribedOperation {
  id: string;
  method: Method;
  /** As the document writes it: `/api/v1/sessions/{id}`. */
  path: string;
  operation: oas31.OperationObject;
}

/** What came back, header names in lower case. */
export interface SeenAnswer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  text: string;
}

export interface ApiDocument {
  document: oas31.OpenAPIObject;
  operations: readonly DescribedOperation[];
  /** @returns what an answer has that the document does not say, or lacks that it does; nothing for a declared one */
  complaints(operationId: string, answer: SeenAnswer): string[];
}

const pointer = (...parts: (string | number)[]): string =>
  parts
    .map((part) => `/${encodeURIComponent(`${part}`.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('');

function operationsOf(document: oas31.OpenAPIObject): DescribedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ id: operation.operationId ?? '', method, path, operation }] : [];
    }),
  );
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Reads an OpenAPI 3.1 document, and compares answers with it (JSON Schema 2020-12). */
export function readApiDocument(document: oas31.OpenAPIObject): ApiDocument {
  // The document is no schema: it holds some, among keywords that are OpenAPI's own.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
  const operations = operationsOf(document);

  function complaints(operationId: string, { status, headers, text }: SeenAnswer): string[] {
    const found = operations.find(({ id }) => id === operationId);
    const response = found?.operation.responses?.[`${status}`] as oas31.ResponseObject | undefined;
    if (!found || !response) return [`${operationId} is not said to answer ${status}`];
    const missing = Object.entries(response.headers ?? {})
      .filter(
        ([name, header]) =>
          'required' in header && header.required && headers[name.toLowerCase()] === undefined,
      )
      .map(([name]) => `${name} is missing`);
    const mediaTypes = Object.keys(response.content ?? {});
    if (mediaTypes.length === 0) return [...missing, ...(text === '' ? [] : ['there is a body'])];
    const mediaType = String(headers['content-type']).split(';')[0] ?? '';
    if (!mediaTypes.includes(mediaType)) return [...missing, `${mediaType} is not one of ${mediaTypes}`];
    if (!isJson(text)) return [...missing, 'the body is no JSON'];
    const schema = pointer(
      'paths',
      found.path,
      found.method,
      'responses',
      status,
      'content',
      mediaType,
      'schema',
    );
    const validate = ajv.getSchema(`openapi#${schema}`);
    if (!validate) return [...missing, 'there is no schema'];
    const errors = validate(JSON.parse(text)) ? [] : (validate.errors ?? []);
    return [
      ...missing,
      ...errors.map(({ instancePath, message }) => `${instancePath || 'the body'} ${message}`),
    ];
  }

  return { document, operations, complaints };
}

/** Fetches the document from a running application. */
export async function fetchApiDocument(address: string): Promise<ApiDocument> {
  const answer = await fetch(new URL('/api/v1/openapi.json', address));
  return readApiDocument((await answer.json()) as oas31.OpenAPIObject);
}
