import { z } from 'zod';
import { withForm } from '#lib/access/form.ts';
import { findUser, signUserOut } from '#lib/cognito/administration.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { log } from '#lib/log.ts';
import { endByAdministrator } from '#lib/session/end-recorded.ts';
import { recordEvent } from '#lib/session/security-events.ts';
import { nobody } from '#lib/session/visitor.ts';

/**
 * Signs a person out everywhere on an administrator's word. The registry is asked before the user pool: when it cannot
 * record the end, nothing has happened.
 */
export const POST = withForm(
  {
    form: '/admin/sign-out',
    page: '/admin',
    fields: z.object({
      username: z.string().trim().min(1).max(128),
      note: z.string().trim().min(1).max(200),
    }),
  },
  async ({ principal, fields: { username, note } }) => {
    const user = await findUser(config(), username);
    const { sub } = user;
    await endByAdministrator(sub);
    const event = { sub, kind: 'signed out by administrator', detail: note } as const;
    const outcomes = await Promise.allSettled([recordEvent(event, nobody), signUserOut(config(), user)]);
    const [noted, revoked] = outcomes.map(({ status }) => status === 'fulfilled');
    log('info', 'signed_out_by_administrator', { administrator: principal.sub, sub, noted, revoked });
    if (!revoked) return '/admin?done=unrevoked';
    return `/admin?done=${noted ? 'signed-out' : 'unnoted'}`;
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
