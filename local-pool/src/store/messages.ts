import type { StoreContext } from './database.ts';

export type MessagePurpose = 'signUp' | 'forgot' | 'verify' | 'sms' | 'email';

/** A message that Cognito would have sent by mail or SMS; the inbox shows it instead. */
export interface Message {
  id: number;
  userPoolId: string;
  username: string;
  purpose: MessagePurpose;
  medium: 'EMAIL' | 'SMS';
  /** The full address or number, unmasked. */
  destination: string;
  subject: string;
  body: string;
  code?: string;
  /** Milliseconds since the epoch. */
  sentAt: number;
}

const KEPT = 1000;

/** Puts a message in the outbox, which keeps the newest thousand. */
export function addMessage({ store, clock }: StoreContext, message: Omit<Message, 'id' | 'sentAt'>): void {
  const { lastInsertRowid } = store
    .sql('INSERT INTO messages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      message.userPoolId,
      message.username,
      message.purpose,
      message.medium,
      message.destination,
      message.subject,
      message.body,
      message.code ?? null,
      clock.now(),
    );
  store.sql('DELETE FROM messages WHERE id <= ?').run(Number(lastInsertRowid) - KEPT);
}

/** Messages, newest first, at most `limit` of them. `username` matches the username and the destination. */
export function listMessages(
  { store }: StoreContext,
  filter: { userPoolId?: string; username?: string; purpose?: MessagePurpose; limit?: number } = {},
): Message[] {
  const { userPoolId = null, username = null, purpose = null, limit = KEPT } = filter;
  return store
    .sql(
      `SELECT * FROM messages WHERE (?1 IS NULL OR user_pool_id = ?1)
         AND (?2 IS NULL OR username = ?2 OR destination = ?2) AND (?3 IS NULL OR purpose = ?3) ORDER BY id DESC LIMIT ?4`,
    )
    .all(userPoolId, username, purpose, limit)
    .map(toMessage);
}

function toMessage(row: Record<string, unknown>): Message {
  return {
    id: Number(row.id),
    userPoolId: String(row.user_pool_id),
    username: String(row.username),
    purpose: row.purpose as MessagePurpose,
    medium: row.medium as Message['medium'],
    destination: String(row.destination),
    subject: String(row.subject),
    body: String(row.body),
    ...(row.code !== null && { code: String(row.code) }),
    sentAt: Number(row.sent_at),
  };
}
