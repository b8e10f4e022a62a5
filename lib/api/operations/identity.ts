import { z } from 'zod';
import { operation } from '../operation.ts';
import { seconds } from './fields.ts';

const sub = '0198c0de-7a11-7c3e-9d52-3f1c5b6a7e21';
const username = z.string().meta({ example: 'ada' });
const groups = z.array(z.string()).meta({ description: 'Cognito groups', example: ['editors'] });
const scopes = z.array(z.string()).meta({ example: ['openid', 'notes/read'] });

const me = z
  .object({
    sub: z.string().meta({ description: 'The stable identity of the person', example: sub }),
    username,
    groups,
    scopes,
    plan: z
      .unknown()
      .optional()
      .meta({ description: 'The claim custom:plan, where the token has it', example: 'pro' }),
    tenant: z
      .unknown()
      .optional()
      .meta({ description: 'The claim custom:tenant, where the token has it', example: 'acme' }),
  })
  .meta({ id: 'Me' });

export const getMe = operation({
  id: 'getMe',
  method: 'GET',
  path: '/api/v1/me',
  tag: 'Identity',
  summary: 'Who the access token speaks for',
  policy: { scopes: ['openid'] },
  answers: { 200: { description: 'The person', body: me } },
});

const token = z
  .object({
    use: z.enum(['access', 'id']),
    key_id: z.string().meta({ description: 'The user pool’s key that signed it', example: 'HlxFmS5iSx9s' }),
    client_id: z.string().meta({ description: 'The app client', example: 'cabanamobile00000000000001' }),
    sub: z.string().meta({ description: 'The person, or the app client of a machine', example: sub }),
    username,
    groups,
    scopes,
    issued_at: seconds,
    signed_in_at: seconds.nullable(),
    expires_at: seconds,
    seconds_left: z.int().meta({ description: 'Below zero within the tolerance for clocks', example: 3_540 }),
    claims: z
      .record(z.string(), z.unknown())
      .meta({ description: 'All claims, as they are signed', example: { sub, token_use: 'access' } }),
  })
  .meta({ id: 'Token' });

export const getToken = operation({
  id: 'getToken',
  method: 'GET',
  path: '/api/v1/token',
  tag: 'Identity',
  summary: 'What the presented token is',
  description:
    'Verifies the token of the Authorization header and decodes it. An ID token does as well here.',
  policy: {},
  accepts: ['access', 'id'],
  answers: { 200: { description: 'The token, verified', body: token } },
});
