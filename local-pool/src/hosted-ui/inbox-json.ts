import type { Context } from 'hono';
import type { LocalPool } from '../local-pool.ts';
import { listMessages, type MessagePurpose } from '../store/messages.ts';

const purposes: readonly string[] = ['signUp', 'forgot', 'verify', 'sms', 'email'] satisfies MessagePurpose[];

function isPurpose(value: string): value is MessagePurpose {
  return purposes.includes(value);
}

/** `GET /inbox.json?userPoolId=&username=&purpose=`: the inbox for tests, newest first; the code is in `code`. */
export function showInboxJson(pool: LocalPool): (context: Context) => Response {
  return (context) => {
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    const { userPoolId, username, purpose } = context.req.query();
    if (purpose !== undefined && !isPurpose(purpose))
      return context.json({ message: `The purpose must be one of ${purposes.join(', ')}.` }, 400);
    const messages = listMessages(pool, {
      ...(userPoolId && { userPoolId }),
      ...(username && { username }),
      ...(purpose && { purpose }),
    });
    return context.json(
      messages.map((message) => ({ ...message, sentAt: new Date(message.sentAt).toISOString() })),
    );
  };
}
