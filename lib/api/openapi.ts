import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { endpoints } from '../cognito/endpoints.ts';
import type { Config } from '../config.ts';
import { type ErrorCode, publicText, statusOf } from '../errors.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

const SECURITY_SCHEME = 'cognito';

const problemDocument = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().meta({ description: 'For people' }),
    status: z.int(),
    code: z.string().meta({ description: 'For programs; stable' }),
    errors: z
      .array(
        z.object({
          in: z.enum(['path', 'query', 'header', 'body']),
          field: z.string().meta({ description: 'The member, as tags.0; empty for the whole' }),
          message: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'A problem document (RFC 9457)' });

/** What an operation can be refused with, by what it declares. */
function refusalsOf(operation: Operation): ErrorCode[] {
  const { policy, confirmed, body, params, query, headers, problems = [] } = operation;
  const codes: ErrorCode[] = ['bad_request', 'invalid_token', 'rate_limited', 'internal_error'];
  codes.push('user_pool_unavailable');
  if (policy.groups || policy.claims) codes.push('forbidden');
  if (policy.scopes) codes.push('insufficient_scope');
  if (operation.method !== 'GET' || confirmed) codes.push('database_unavailable');
  if (params || query || headers || body) codes.push('invalid_input');
  if (body) codes.push('request_timeout', 'body_too_large', 'unsupported_media_type');
  return [...new Set([...codes, ...problems])];
}

/** Step-up is a 401 here (RFC 9470), whatever its status on a page. */
const stepUps = ({ policy }: Operation): ErrorCode[] => [
  ...(policy.signedInWithin === undefined ? [] : (['stale_sign_in'] as const)),
  ...(policy.mfa ? (['second_factor_missing'] as const) : []),
];

function refusalResponses(operation: Operation): ZodOpenApiOperationObject['responses'] {
  const byStatus = new Map<number, ErrorCode[]>();
  const add = (status: number, code: ErrorCode) =>
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  for (const code of refusalsOf(operation)) add(statusOf(code), code);
  for (const code of stepUps(operation)) add(401, code);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      `${status}`,
      {
        description: codes.map((code) => `\`${code}\`: ${publicText(code)}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problemDocument } },
      },
    ]),
  );
}

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

function described(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, policy, params, query, headers, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: [{ [SECURITY_SCHEME]: [...(policy.scopes ?? [])] }],
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

/** @returns the API as an OpenAPI 3.1 document, made from the schemas that validate its requests */
export const openApiDocument = (settings: Config) =>
  createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Cabana',
      version: '1',
      description:
        'For mobile clients and machines: every request carries an access token of an allowed app client of the user pool. Refusals are problem documents; every answer carries the fields RateLimit and RateLimit-Policy.',
    },
    servers: [{ url: settings.appUrl.origin }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: paths(),
    components: {
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
      },
    },
  });
