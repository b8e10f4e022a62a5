import type { oas31 } from 'zod-openapi';
import type { Policy } from '../../access/policy.ts';
import { isErrorCode, publicText } from '../../errors.ts';
import type { Method } from '../operation.ts';
import { ID_TOKEN_SCHEME } from '../security-schemes.ts';
import { curlOf } from './curl.ts';
import type { SchemaOrReference } from './document-schema.ts';
import { type Member, type SchemaReader, schemaReader } from './schema-reader.ts';

interface Parameter extends Member {
  in: 'path' | 'query' | 'header';
  example: string;
}

export interface Body {
  members: readonly Member[];
  /** JSON, indented. */
  example: string;
}

/** A way a call can end well. */
export interface Answer {
  status: number;
  description: string;
  headers: readonly string[];
  /** Absent where there is none. */
  body: Body | undefined;
}

export interface Refusal {
  status: number;
  code: string;
  text: string;
}

/** An operation as its reference shows it. */
export interface ReferenceOperation {
  id: string;
  method: Method;
  path: string;
  summary: string;
  description: string | undefined;
  policy: Policy;
  parameters: readonly Parameter[];
  body: Body | undefined;
  answers: readonly Answer[];
  refusals: readonly Refusal[];
  curl: string;
}

export interface ReferenceSection {
  tag: string;
  operations: readonly ReferenceOperation[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const indented = (value: unknown): string => JSON.stringify(value, null, 2);
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function bodyOf(reader: SchemaReader, content: oas31.ContentObject | undefined): Body | undefined {
  const schema = content?.['application/json']?.schema as SchemaOrReference | undefined;
  return schema && { members: reader.membersOf(schema), example: indented(reader.exampleOf(schema)) };
}

/** Who answers 428 asks for a condition: without one there is a refusal, but no invalid request (RFC 6585 section 3). */
const asksFor = (name: string, { responses = {} }: oas31.OperationObject): boolean =>
  name.toLowerCase() === 'if-match' && responses['428'] !== undefined;

const parametersOf = (reader: SchemaReader, operation: oas31.OperationObject): Parameter[] =>
  ((operation.parameters ?? []) as oas31.ParameterObject[]).map((parameter) => {
    const schema = (parameter.schema ?? {}) as SchemaOrReference;
    return {
      in: parameter.in as Parameter['in'],
      name: parameter.name,
      type: reader.typeOf(schema),
      required: parameter.required || asksFor(parameter.name, operation),
      description: parameter.description ?? reader.descriptionOf(schema),
      example: asText(reader.exampleOf(schema)),
    };
  });

type Responses = [status: number, response: oas31.ResponseObject][];

const responsesOf = ({ responses = {} }: oas31.OperationObject): Responses =>
  Object.entries(responses).map(([status, response]) => [Number(status), response as oas31.ResponseObject]);

const answersOf = (reader: SchemaReader, responses: Responses): Answer[] =>
  responses
    .filter(([status]) => status < 400)
    .map(([status, { description, headers = {}, content }]) => ({
      status,
      description: description ?? '',
      headers: Object.keys(headers),
      body: bodyOf(reader, content),
    }));

/** A refusal's schema says which codes its status can have (lib/api/refusals.ts). */
function codesOf({ content }: oas31.ResponseObject): string[] {
  const schema = content?.['application/problem+json']?.schema as oas31.SchemaObject | undefined;
  return (schema?.allOf ?? []).flatMap((part) => {
    const code = (part as oas31.SchemaObject).properties?.code as oas31.SchemaObject | undefined;
    return (code?.enum ?? []).map(String);
  });
}

const refusalsOf = (responses: Responses): Refusal[] =>
  responses
    .filter(([status]) => status >= 400)
    .flatMap(([status, response]) =>
      codesOf(response).map((code) => ({ status, code, text: isErrorCode(code) ? publicText(code) : '' })),
    );

const takesIdTokenAlone = ({ security = [] }: oas31.OperationObject): boolean =>
  security.length > 0 && security.every((way) => ID_TOKEN_SCHEME in way);

function policyOf({ security = [], ...operation }: oas31.OperationObject): Policy {
  const scopes = [...new Set(security.flatMap((scheme) => Object.values(scheme).flat()))];
  const requirements = operation['x-policy' as keyof typeof operation] as Policy | undefined;
  return { ...requirements, ...(scopes.length > 0 && { scopes }) };
}

/** @returns an address with what it needs: its path filled in, and the parameters of the query that are required */
function exampleAddress(path: string, parameters: readonly Parameter[]): string {
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((rest, { name, example }) => rest.replace(`{${name}}`, encodeURIComponent(example)), path);
  const query = new URLSearchParams(
    parameters
      .filter((parameter) => parameter.in === 'query' && parameter.required)
      .map(({ name, example }) => [name, example]),
  );
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** @returns the operations of an OpenAPI document by their tags, in its order, as people read them */
export function referenceOf(document: oas31.OpenAPIObject): ReferenceSection[] {
  const reader = schemaReader(document);
  const [server] = document.servers ?? [];

  function referenced(path: string, method: (typeof methods)[number], operation: oas31.OperationObject) {
    const parameters = parametersOf(reader, operation);
    const requestBody = operation.requestBody as oas31.RequestBodyObject | undefined;
    const body = bodyOf(reader, requestBody?.content);
    const responses = responsesOf(operation);
    const required = parameters.filter((parameter) => parameter.in === 'header' && parameter.required);
    const upper = method.toUpperCase() as Method;
    return {
      id: operation.operationId ?? '',
      method: upper,
      path,
      summary: operation.summary ?? '',
      description: operation.description,
      policy: policyOf(operation),
      parameters,
      body,
      answers: answersOf(reader, responses),
      refusals: refusalsOf(responses),
      curl: curlOf({
        method: upper,
        url: `${server?.url ?? ''}${exampleAddress(path, parameters)}`,
        headers: Object.fromEntries(required.map(({ name, example }) => [name, example])),
        body: body && JSON.stringify(JSON.parse(body.example)),
        token: takesIdTokenAlone(operation) ? 'ID_TOKEN' : 'ACCESS_TOKEN',
      }),
    };
  }

  const all = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation
        ? [{ tags: operation.tags ?? [], operation: referenced(path, method, operation) }]
        : [];
    }),
  );
  return (document.tags ?? []).map(({ name }) => ({
    tag: name,
    operations: all.filter(({ tags }) => tags.includes(name)).map(({ operation }) => operation),
  }));
}
