import { sealData, unsealData } from 'iron-session';
import { z } from 'zod';
import { type Config, config } from '../config.ts';
import { type Database, database } from '../data/database.ts';
import { passwordsFor } from '../session/cookies.ts';

/** In seconds: as long as a sign-in may take. */
const KEPT_FOR = 900;
const MOST_FORMS = 10;

const contents = z.object({
  purpose: z.literal('form'),
  fields: z.record(z.string(), z.string()),
});

/** What was typed into a form, by the names of its fields. */
export type Fields = Record<string, string>;

/** Whose form it is, and which. */
interface Owner {
  sub: string;
  form: string;
}

const now = (): number => Math.floor(Date.now() / 1_000);

/**
 * Keeps what a person typed for fifteen minutes, sealed, and at most ten forms of theirs.
 * @returns the id under which it is kept; knowing it opens nothing for anybody else
 * @throws AppError `database_unavailable`
 */
export async function keepForm(
  { sub, form }: Owner,
  fields: Fields,
  settings: Config = config(),
  db: Database = database(),
): Promise<string> {
  const id = crypto.randomUUID();
  const password = passwordsFor(settings, 'form');
  const sealed = await sealData({ purpose: 'form', fields }, { password, ttl: KEPT_FOR });
  await db.use(async (tables) => {
    const row = { id, sub, form, sealed, kept_at: now() };
    await tables.insertInto('kept_forms').values(row).execute();
    await tables
      .deleteFrom('kept_forms')
      .where('sub', '=', sub)
      .where('id', 'not in', (query) =>
        query
          .selectFrom('kept_forms')
          .select('id')
          .where('sub', '=', sub)
          .orderBy('kept_at', 'desc')
          .limit(MOST_FORMS),
      )
      .execute();
  });
  return id;
}

/**
 * What a person typed into a form of theirs before they were asked to sign in again.
 * @param id from the page's address
 * @returns undefined when there is no such form, it is another person's, or fifteen minutes have passed
 * @throws AppError `database_unavailable`
 */
export async function keptForm(
  { sub, form }: Owner,
  id: unknown,
  settings: Config = config(),
  db: Database = database(),
): Promise<Fields | undefined> {
  if (typeof id !== 'string' || id === '') return undefined;
  const row = await db.use((tables) =>
    tables
      .selectFrom('kept_forms')
      .select('sealed')
      .where('id', '=', id)
      .where('sub', '=', sub)
      .where('form', '=', form)
      .executeTakeFirst(),
  );
  if (!row) return undefined;
  const password = passwordsFor(settings, 'form');
  return contents.safeParse(await unsealData(row.sealed, { password, ttl: KEPT_FOR })).data?.fields;
}
