import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { IdempotencyKeyRow, Tables } from '../data/tables.ts';

/** A request that its sender may repeat without harm. */
type Repeatable = Pick<IdempotencyKeyRow, 'sub' | 'operation' | 'key' | 'fingerprint'>;

/** What a request asks for, as 43 characters that tell nothing of it. */
export const fingerprintOf = (request: unknown): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('base64url');

/**
 * Writes down an answer within the piece of work that makes it true, so that a crash cannot part the two. Of several
 * that ask at once, the database lets one go first; the others wait for it.
 * @param now seconds since the epoch; what was answered is kept for a day at least (lib/data/prune.ts)
 * @returns the answer that counts: this one, or that of the first request with the same key; undefined where that one
 * asked for something else
 */
export async function answerOnce(
  transaction: Kysely<Tables>,
  request: Repeatable,
  answer: string,
  now: number,
): Promise<string | undefined> {
  const first = await transaction
    .insertInto('idempotency_keys')
    .values({ ...request, answer, created_at: now })
    // Changes nothing; a row that were left alone would not be returned.
    .onConflict((conflict) =>
      conflict
        .columns(['sub', 'operation', 'key'])
        .doUpdateSet(({ ref }) => ({ key: ref('idempotency_keys.key') })),
    )
    .returning(['fingerprint', 'answer'])
    .executeTakeFirstOrThrow();
  return first.fingerprint === request.fingerprint ? first.answer : undefined;
}
