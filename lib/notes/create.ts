import { randomUUIDv7 } from 'node:crypto';
import { type NoteUser, tenantOf } from '../access/note-rules.ts';
import type { Principal } from '../access/principal.ts';
import { type Database, database } from '../data/database.ts';
import { pruneNowAndThen } from '../data/prune.ts';
import type { NoteRow } from '../data/tables.ts';
import { AppError } from '../errors.ts';
import { answerOnce, fingerprintOf } from './idempotency.ts';
import type { Note } from './note.ts';
import { type NewNote, title } from './schema.ts';

type Writer = NoteUser & Pick<Principal, 'username'>;

const OPERATION = 'createNote';

/**
 * @returns what readers call the owner: the name that the user pool tells, where it does, or else the user name, which
 * may be one that no person would know (Cognito: user pools whose people sign in with an e-mail address)
 */
function nameOf({ claims, username }: Writer): string {
  const name = title.safeParse(claims.name);
  return name.success ? name.data : username;
}

function rowOf(writer: Writer, note: NewNote, now: number): NoteRow {
  const owner = { owner_sub: writer.sub, owner_name: nameOf(writer), tenant: tenantOf(writer) };
  return { id: randomUUIDv7(), ...owner, ...note, revision: 1, created_at: now, updated_at: now };
}

/**
 * Writes a note down once for each key: whoever repeats a request is answered as the first time, with the same note as
 * it was then, whatever has become of it.
 * @returns undefined where the key came with another note before
 */
async function createOnce(row: NoteRow, key: string, db: Database): Promise<NoteRow | undefined> {
  const { title, text, ...rest } = row;
  const request = {
    sub: row.owner_sub,
    operation: OPERATION,
    key,
    fingerprint: fingerprintOf([title, text]),
  };
  const own = JSON.stringify(rest);
  const counts = await db.use((tables) =>
    tables.transaction().execute(async (transaction) => {
      const answer = await answerOnce(transaction, request, own, row.created_at);
      if (answer === own) await transaction.insertInto('notes').values(row).execute();
      return answer;
    }),
  );
  return counts === undefined ? undefined : { ...row, ...JSON.parse(counts) };
}

/**
 * @param idempotencyKey makes a repetition harmless; without one, each call writes a note
 * @param now seconds since the epoch
 * @throws AppError `idempotency_key_reused` when the key came with another note before; `database_unavailable`
 */
export async function createNote(
  writer: Writer,
  note: NewNote,
  idempotencyKey?: string,
  now = Math.floor(Date.now() / 1_000),
  db: Database = database(),
): Promise<Note> {
  const row = rowOf(writer, note, now);
  if (idempotencyKey === undefined) {
    await db.use((tables) => tables.insertInto('notes').values(row).execute());
    return { ...row, shared_with: [] };
  }
  pruneNowAndThen(now, db);
  const written = await createOnce(row, idempotencyKey, db);
  if (!written) throw new AppError('idempotency_key_reused');
  return { ...written, shared_with: [] };
}
