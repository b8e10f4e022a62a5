import { z } from 'zod';
import type { oas31, ZodOpenApiOperationObject } from 'zod-openapi';
import { type ErrorCode, publicText, statusOf } from '../errors.ts';
import type { Operation } from './operation.ts';

const PROBLEM = 'Problem';

/** What every refusal carries. */
export const problemDocument = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().meta({ description: 'What HTTP calls the status' }),
    status: z.int(),
    detail: z.string().meta({ description: 'For people' }),
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
  .meta({ id: PROBLEM, description: 'A problem document (RFC 9457)' });

/** What an operation can be refused with, by what it declares. */
function refusalsOf(operation: Operation): ErrorCode[] {
  const { policy, body, params, query, headers, problems = [] } = operation;
  const codes: ErrorCode[] = ['bad_request', 'invalid_token', 'rate_limited', 'internal_error'];
  codes.push('user_pool_unavailable');
  if (policy.groups || policy.claims) codes.push('forbidden');
  if (policy.scopes) codes.push('insufficient_scope');
  if (operation.method !== 'GET') codes.push('database_unavailable');
  if (params || query || headers || body) codes.push('invalid_input');
  if (body) codes.push('request_timeout', 'body_too_large', 'unsupported_media_type');
  return [...new Set([...codes, ...problems])];
}

/** Step-up is a 401 here (RFC 9470), whatever its status on a page. */
const stepUps = ({ policy }: Operation): ErrorCode[] => [
  ...(policy.signedInWithin === undefined ? [] : (['stale_sign_in'] as const)),
  ...(policy.mfa ? (['second_factor_missing'] as const) : []),
];

const retryAfter: oas31.HeadersObject = {
  'Retry-After': {
    required: true,
    description: 'When to try again, in seconds',
    schema: { type: 'integer' },
  },
};

/** The header fields that belong to a status. */
const headersOf: Readonly<Record<number, oas31.HeadersObject>> = {
  401: {
    'WWW-Authenticate': {
      required: true,
      description: 'The challenge (RFC 6750, RFC 9470)',
      schema: { type: 'string' },
    },
  },
  429: retryAfter,
  503: retryAfter,
};

/** @returns the refusals of an operation by status, each with the codes that it can have */
export function refusalResponses(operation: Operation): ZodOpenApiOperationObject['responses'] {
  const byStatus = new Map<number, ErrorCode[]>();
  const add = (status: number, code: ErrorCode) =>
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  for (const code of refusalsOf(operation)) add(statusOf(code), code);
  for (const code of stepUps(operation)) add(401, code);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const headers = headersOf[status];
      const schema = {
        allOf: [{ $ref: `#/components/schemas/${PROBLEM}` }, { properties: { code: { enum: codes } } }],
      };
      const description = codes.map((code) => `\`${code}\`: ${publicText(code)}`).join('\n\n');
      const content = { 'application/problem+json': { schema } };
      return [`${status}`, { description, ...(headers && { headers }), content }];
    }),
  );
}
