/** How a session came to its end. */
export type EndedBy =
  | 'this browser'
  | 'another device'
  | 'everywhere'
  | 'administrator'
  | 'new sign-in'
  | 'refresh refused';

/** What happened to an account, in the words that the person reads. */
export type SecurityEventKind =
  | 'signed in'
  | 'signed out'
  | 'session ended'
  | 'refresh refused'
  | 'password changed'
  | 'signed out by administrator';

/** A browser that signed in. All times are seconds since the epoch. No column holds a token. */
export interface SessionRow {
  id: string;
  sub: string;
  username: string;
  client_id: string;
  /** What ties an access token to the refresh token behind it (Cognito: token revocation). */
  origin_jti: string | null;
  created_at: number;
  /** Written once a minute at the most. */
  last_seen_at: number;
  expires_at: number;
  browser: string | null;
  system: string | null;
  address: string | null;
  /** `password`, `passkey`, the name of an identity provider, or `user pool` where the tokens do not say. */
  signed_in_by: string;
  ended_at: number | null;
  ended_by: EndedBy | null;
}

export interface SecurityEventRow {
  id: string;
  sub: string;
  kind: SecurityEventKind;
  session_id: string | null;
  at: number;
  browser: string | null;
  system: string | null;
  address: string | null;
  /** For a sign-in: how. For a session that ended: by what. For an administrator's act: their note to the person. */
  detail: string | null;
}

/** When a person was last signed out everywhere: what was issued to them until then counts no more. */
interface SignedOutRow {
  sub: string;
  signed_out_at: number;
}

/** What was typed into a form, sealed, until its person has signed in again. */
interface KeptFormRow {
  id: string;
  sub: string;
  /** The form's line in the policy table. */
  form: string;
  sealed: string;
  kept_at: number;
}

/** A note of a person or a machine. Times are seconds since the epoch. */
export interface NoteRow {
  id: string;
  owner_sub: string;
  /** What the owner was called when they wrote it, for the eye only; a machine's name is its app client. */
  owner_name: string;
  /** The owner's `custom:tenant` when they wrote it. */
  tenant: string | null;
  title: string;
  text: string;
  /** Counts from 1, and one on with every change, sharing included. */
  revision: number;
  created_at: number;
  updated_at: number;
}

/** A group of the user pool that may read a note. */
export interface NoteShareRow {
  note_id: string;
  group_name: string;
  /** When the note was written: the notes of a group are listed along an index of this table. */
  created_at: number;
}

/** What was answered to a request that its sender may repeat. */
export interface IdempotencyKeyRow {
  sub: string;
  operation: string;
  key: string;
  /** Of what was asked for: the same key is good for the same request only. */
  fingerprint: string;
  /** As JSON. */
  answer: string;
  created_at: number;
}

/** What an app client of the application's own asked tokens for on one UTC day, as one process counted it. */
export interface TokenUsageRow {
  client_id: string;
  /** As `2026-11-23`. */
  day: string;
  /** Another one each time that the application starts. */
  process: string;
  /** How often a part of the application wanted a token. */
  calls: number;
  /** Calls that were given a token which was held already, or which another call was waiting for. */
  cache_hits: number;
  /** Requests that were sent to the user pool. */
  token_requests: number;
  /** Those that it answered with a token: what Cognito bills. */
  tokens_issued: number;
  /** Calls that were given no token. */
  failures: number;
}

export interface Tables {
  sessions: SessionRow;
  security_events: SecurityEventRow;
  signed_out_everywhere: SignedOutRow;
  kept_forms: KeptFormRow;
  notes: NoteRow;
  note_shares: NoteShareRow;
  idempotency_keys: IdempotencyKeyRow;
  token_usage: TokenUsageRow;
}
