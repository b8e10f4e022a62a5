import { z } from 'zod';
import { withForm } from '#lib/access/form.ts';
import { changePassword } from '#lib/cognito/change-password.ts';
import { config } from '#lib/config.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { endAllOtherSessions } from '#lib/session/end-recorded.ts';
import { recordEvent } from '#lib/session/security-events.ts';

/** Cognito: ChangePassword, the constraint on a password's length. */
const password = z.string().min(1).max(256);

/** Changes the person's password at the user pool. What comes after that cannot undo it, and is told as it went. */
export const POST = withForm(
  {
    form: '/account/password',
    page: '/account/password',
    fields: z.object({
      currentPassword: password,
      newPassword: password,
      signOutOthers: z.literal('yes').optional(),
    }),
    neverKept: ['currentPassword', 'newPassword'],
  },
  async ({ principal: { sub }, live: { session }, fields, visitor }) => {
    const { currentPassword: current, newPassword: proposed, signOutOthers } = fields;
    await changePassword(config(), { accessToken: session.accessToken, current, proposed });
    const { sessionId } = session;
    try {
      await recordEvent({ sub, kind: 'password changed', sessionId }, visitor);
      if (signOutOthers) await endAllOtherSessions(sub, sessionId, visitor);
    } catch {
      return '/account/password?done=changed-unrecorded';
    }
    return `/account/password?done=${signOutOthers ? 'changed-and-ended' : 'changed'}`;
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
