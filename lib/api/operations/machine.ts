import { z } from 'zod';
import { month } from '../../machine/months.ts';
import { operation } from '../operation.ts';

const policy = { groups: { any: ['admins'] }, scopes: ['openid'] };

const count = z.int().nonnegative();
const counts = z.object({
  calls: count.meta({ description: 'How often a part of the application wanted a token' }),
  cache_hits: count.meta({ description: 'Calls that another call’s token did for' }),
  token_requests: count.meta({ description: 'Sent to the user pool' }),
  tokens_issued: count.meta({ description: 'What Cognito bills' }),
  failures: count.meta({ description: 'Calls that were given no token' }),
});

const usage = z
  .object({
    month: month.meta({ description: 'In UTC', example: '2026-11' }),
    clients: z.array(
      z.object({
        client_id: z.string(),
        total: counts,
        days: z.array(counts.extend({ day: z.iso.date() })).meta({ description: 'The latest first' }),
      }),
    ),
  })
  .meta({ id: 'TokenUsage' });

export const getTokenUsage = operation({
  id: 'getTokenUsage',
  method: 'GET',
  path: '/api/v1/admin/token-usage',
  tag: 'Administration',
  summary: 'How many tokens the application asked for as itself',
  description:
    'Client-credentials tokens by app client and by UTC day, of all instances. What the last seconds brought may be missing.',
  policy,
  query: z.object({
    month: month.optional().meta({ description: 'The present one unless it is said', example: '2026-11' }),
  }),
  answers: { 200: { description: 'The counts of the month', body: usage } },
  problems: ['database_unavailable'],
});

export const getDownstream = operation({
  id: 'getDownstream',
  method: 'GET',
  path: '/api/v1/admin/downstream',
  tag: 'Administration',
  summary: 'Call the configured service as the application itself',
  policy,
  answers: {
    200: {
      description: 'What the service answered, whatever its status; 401 and 403 are refusals',
      body: z
        .object({
          status: z.int().meta({ example: 200 }),
          content_type: z.string().meta({ example: 'application/json' }),
          body: z.string().meta({ description: 'At most 256 KB' }),
        })
        .meta({ id: 'DownstreamAnswer' }),
    },
  },
  problems: [
    'downstream_missing',
    'downstream_refused',
    'downstream_unreachable',
    'machine_client_missing',
    'machine_client_refused',
    'machine_token_unavailable',
  ],
});
