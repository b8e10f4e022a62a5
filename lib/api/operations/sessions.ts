import { z } from 'zod';
import { operation } from '../operation.ts';
import { seconds } from './fields.ts';

const words = (example: string) => z.string().nullable().meta({ example });

const session = z
  .object({
    id: z.uuid(),
    browser: words('Firefox'),
    system: words('Android'),
    address: words('192.0.2.7'),
    signed_in_by: z.string().meta({ example: 'password' }),
    signed_in_at: seconds,
    last_seen_at: seconds,
    expires_at: seconds,
  })
  .meta({ id: 'Session' });

export const listOwnSessions = operation({
  id: 'listOwnSessions',
  method: 'GET',
  path: '/api/v1/sessions',
  tag: 'Sessions',
  summary: 'The browsers that the person is signed in with',
  policy: { scopes: ['openid'] },
  answers: {
    200: { description: 'The sessions, last seen first', body: z.object({ sessions: z.array(session) }) },
  },
  problems: ['database_unavailable'],
});

export const endOwnSession = operation({
  id: 'endOwnSession',
  method: 'DELETE',
  path: '/api/v1/sessions/{id}',
  tag: 'Sessions',
  summary: 'Sign one browser out',
  description: 'The user pool is asked whether it still honours the access token.',
  policy: { scopes: ['openid'] },
  confirmed: true,
  params: z.object({ id: z.uuid() }),
  answers: { 204: { description: 'The session has ended' } },
  problems: ['not_found'],
});
