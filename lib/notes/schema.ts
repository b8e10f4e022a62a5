import { z } from 'zod';

const LONGEST_TITLE = 200;
const LONGEST_TEXT = 10_000;
const LONGEST_GROUP = 128;

/**
 * What a note is sent as, in bytes. JSON and forms take up to twelve for one character (`\ud83c\udfd6`, `%F0%9F%8F%96`),
 * and a note has 10,200 of them at the most.
 */
export const LARGEST_NOTE = 131_072;

/** In characters as people and JSON Schema count them: `length` counts most emoji twice. */
const atMost = (most: number) => (value: string) =>
  value.length <= most || (value.length <= 2 * most && [...value].length <= most);

const limited = (schema: z.ZodString, most: number) =>
  schema
    .refine(atMost(most), `Too long: expected at most ${most.toLocaleString('en')} characters.`)
    .meta({ maxLength: most });

/** No control characters (`Cc`): Postgres refuses NUL. No half of a surrogate pair (`Cs`): it is no Unicode text. */
const oneLine = /^[^\p{Cc}\p{Cs}]*$/u;
const manyLines = /^[\n\r\t\P{C}\p{Cf}\p{Cn}\p{Co}]*$/u;
const SOMETHING_TO_SEE = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;

/** One line of 1 to 200 characters, without control characters. */
export const title = limited(
  z
    .string()
    .trim()
    .regex(oneLine, 'A title is one line, without control characters.')
    .regex(SOMETHING_TO_SEE, 'A title needs a character that can be seen.'),
  LONGEST_TITLE,
);

/** Up to 10,000 characters on any number of lines. Forms send lines that end in CRLF (HTML: form submission). */
export const text = limited(
  z
    .string()
    .overwrite((value) => value.replaceAll(/\r\n?/g, '\n'))
    .regex(manyLines, 'A text has no control characters but line breaks and tabs.'),
  LONGEST_TEXT,
);

export const newNote = z.strictObject({ title, text });

/** What an owner wants to be different. */
export const noteChange = z
  .strictObject({ title: title.optional(), text: text.optional() })
  .refine((change) => Object.keys(change).length > 0, 'Nothing is to be changed.')
  .meta({ minProperties: 1 });

export const noteId = z.uuid();

/** Digits enough for a change a second over thirty years. */
export const REVISION = /^[1-9]\d{0,8}$/;

/** The name of a group of the user pool (Cognito: GroupType). */
export const groupName = limited(z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u), LONGEST_GROUP);

export type NewNote = z.output<typeof newNote>;
export type NoteChange = z.output<typeof noteChange>;
