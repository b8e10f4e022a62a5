import { z } from 'zod';
import { withForm } from '#lib/access/form.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { signOutByAdministrator, signOutNote, userName } from '#lib/session/sign-out-by-administrator.ts';

export const POST = withForm(
  {
    form: '/admin/sign-out',
    page: '/admin',
    fields: z.object({ username: userName, note: signOutNote }),
  },
  async ({ principal, fields: { username, note } }) => {
    const { noted, revoked } = await signOutByAdministrator(config(), username, note, principal.sub);
    if (!revoked) return '/admin?done=unrevoked';
    return `/admin?done=${noted ? 'signed-out' : 'unnoted'}`;
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
