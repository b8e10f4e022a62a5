import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import type { Policy } from '../access/policy.ts';
import { endpoints } from '../cognito/endpoints.ts';
import type { Config } from '../config.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import { problemDocument, refusalResponses } from './refusals.ts';
import { ID_TOKEN_SCHEME, SECURITY_SCHEME } from './security-schemes.ts';

const answerResponses = ({ answers }: Operation): ZodOpenApiOperationObject['responses'] =>
  Object.fromEntries(
    Object.entries(answers).map(([status, { description, body, headers }]) => [
      status,
      {
        description,
        ...(headers && { headers }),
        ...(body && { content: { 'application/json': { schema: body } } }),
      },
    ]),
  );

/** What a policy asks for besides the scopes, which OpenAPI has a place for. */
function requirementsOf({ scopes: _, ...requirements }: Policy) {
  return Object.keys(requirements).length > 0 ? { 'x-policy': requirements } : {};
}

/** Each entry is a way in (OpenAPI 3.1: Security Requirement Object). */
const waysIn = ({ policy, accepts = ['access'] }: Operation): Record<string, string[]>[] =>
  accepts.map((use) =>
    use === 'id' ? { [ID_TOKEN_SCHEME]: [] } : { [SECURITY_SCHEME]: [...(policy.scopes ?? [])] },
  );

function described(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, policy, params, query, headers, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    ...requirementsOf(policy),
    security: waysIn(operation),
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(headers && { header: headers }),
    },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: { ...answerResponses(operation), ...refusalResponses(operation) },
  };
}

function paths(): ZodOpenApiPathsObject {
  const byPath: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    byPath[operation.path] ??= {};
    Object.assign(byPath[operation.path] ?? {}, { [operation.method.toLowerCase()]: described(operation) });
  }
  return byPath;
}

const everyScope = (): Record<string, string> =>
  Object.fromEntries(operations.flatMap(({ policy }) => policy.scopes ?? []).map((scope) => [scope, scope]));

const documentOf = (settings: Config) =>
  createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Cabana',
      version: '1',
      description:
        'For mobile clients and machines: every request carries an access token of an allowed app client of the user pool, or an ID token where the operation says so. Refusals are problem documents; every answer of an operation carries the fields RateLimit and RateLimit-Policy.',
    },
    servers: [{ url: settings.appUrl.origin }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
      schemas: { Problem: problemDocument },
      securitySchemes: {
        [SECURITY_SCHEME]: {
          type: 'oauth2',
          description: 'An access token of the user pool, as a bearer token (RFC 6750).',
          flows: {
            authorizationCode: {
              authorizationUrl: endpoints(settings).authorization,
              tokenUrl: endpoints(settings).token,
              refreshUrl: endpoints(settings).token,
              scopes: everyScope(),
            },
            clientCredentials: { tokenUrl: endpoints(settings).token, scopes: everyScope() },
          },
        },
        [ID_TOKEN_SCHEME]: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An ID token of the user pool, in the place of the access token.',
        },
      },
    },
  });

/** To make one takes a millisecond and more, and anybody may ask for it. */
const documents = new WeakMap<Config, oas31.OpenAPIObject>();

/** @returns the API as an OpenAPI 3.1 document, made from the schemas that validate its requests */
export function openApiDocument(settings: Config): oas31.OpenAPIObject {
  // The library's own type is that of every version of OpenAPI.
  const document = documents.get(settings) ?? (documentOf(settings) as oas31.OpenAPIObject);
  documents.set(settings, document);
  return document;
}
