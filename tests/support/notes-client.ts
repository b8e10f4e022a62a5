import type { RunningApp } from './app.ts';
import type { HostileUserPool } from './hostile-user-pool.ts';

/** Whom a token speaks for; what is left out is no claim of it. */
export interface NoteWriter {
  sub?: string;
  username?: string;
  tenant?: string;
  groups?: string[];
  scope?: string;
}

export interface NoteJson {
  id: string;
  owner: string;
  mine: boolean;
  tenant: string | null;
  title: string;
  text: string;
  shared_with: string[];
  revision: number;
  created_at: number;
  updated_at: number;
}

interface Sent {
  headers?: Record<string, string>;
  /** Sent as JSON; a text or bytes as they are. */
  body?: unknown;
}

export interface NoteAnswer<Body = NoteJson> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A client of the notes with an access token of its own. */
export async function notesClient(app: RunningApp, pool: HostileUserPool, writer: NoteWriter = {}) {
  const { sub = crypto.randomUUID(), username = 'ada', tenant, groups } = writer;
  const { scope = 'notes/read notes/write' } = writer;
  const claims = { sub, username, 'custom:tenant': tenant, 'cognito:groups': groups, scope };
  const { access_token } = await pool.tokens({ nonce: undefined }, { access: { claims } });

  async function ask<Body = NoteJson>(
    method: string,
    path = '',
    { headers, body }: Sent = {},
  ): Promise<NoteAnswer<Body>> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await fetch(`${app.address}/api/v1/notes${path}`, {
      method,
      headers: {
        authorization: `Bearer ${access_token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text && JSON.parse(text)) as Body };
  }
  const create = async (title = 'A title', text = 'Some text') =>
    (await ask('POST', '', { body: { title, text } })).body;
  return { sub, ask, create };
}
