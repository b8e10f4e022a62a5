import { z } from 'zod';
import { signOutNote, userName } from '../../session/sign-out-by-administrator.ts';
import { operation } from '../operation.ts';

export const signUserOut = operation({
  id: 'signUserOut',
  method: 'POST',
  path: '/api/v1/admin/users/{username}/sign-out',
  tag: 'Administration',
  summary: 'Sign a person out everywhere',
  description:
    'Ends every session of the person, refuses every token issued to them until now, and revokes their refresh tokens at the user pool.',
  policy: { groups: { any: ['admins'] }, signedInWithin: 900, scopes: ['openid'] },
  confirmed: true,
  params: z.object({
    username: userName.meta({
      description: 'User name, e-mail address or `sub`',
      example: 'linus@example.com',
    }),
  }),
  body: z.strictObject({
    note: signOutNote.meta({ description: 'Why, for the person to read', example: 'Lost phone' }),
  }),
  answers: {
    200: {
      description: 'The person is signed out here',
      body: z.object({
        revoked: z.boolean().meta({ description: 'Whether the user pool confirmed the revocation' }),
        noted: z.boolean().meta({ description: 'Whether the note could be recorded' }),
      }),
    },
  },
  problems: ['unknown_user', 'aws_credentials_missing', 'aws_access_denied'],
});
