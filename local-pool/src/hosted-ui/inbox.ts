import type { Context } from 'hono';
import type { LocalPool } from '../local-pool.ts';
import { listMessages, type Message } from '../store/messages.ts';
import { pageResponse } from './page-response.ts';
import { inboxView } from './views/inbox-view.ts';

/** `GET /inbox`: every message that was sent, newest first, by pool and by user. */
export function showInbox(pool: LocalPool): (context: Context) => Promise<Response> {
  return (context) => {
    // An untouched filter field arrives as an empty string and means "any".
    const userPoolId = context.req.query('userPoolId') || undefined;
    const username = context.req.query('username')?.trim() || undefined;
    const filter = { ...(userPoolId && { userPoolId }), ...(username && { username }) };
    const query = new URLSearchParams(filter).toString();
    const names = new Map(pool.userPools().map(({ id, name }) => [id, name]));
    return pageResponse(
      context,
      inboxView({
        messages: listMessages(pool, filter).map((message) => inboxMessage(message, names)),
        userPools: pool.userPools(),
        filter,
        href: query === '' ? '/inbox' : `/inbox?${query}`,
      }),
    );
  };
}

function inboxMessage(message: Message, userPoolNames: Map<string, string>) {
  return {
    ...message,
    userPoolName: userPoolNames.get(message.userPoolId) ?? message.userPoolId,
    sentAt: new Date(message.sentAt).toISOString(),
  };
}
