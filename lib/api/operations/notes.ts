import { z } from 'zod';
import { cursor } from '../../notes/cursor.ts';
import { ifMatch, ifNoneMatch } from '../../notes/revision-tags.ts';
import { groupName, LARGEST_NOTE, newNote, noteChange, noteId } from '../../notes/schema.ts';
import { operation } from '../operation.ts';
import { seconds } from './fields.ts';

const MOST_NOTES = 100;
const FEW_NOTES = 20;

const example = { title: 'Packing list', text: 'Tent\nLamp' };

const note = z
  .object({
    id: z.uuid().meta({ example: '0199c1f2-6a3b-7c4d-8e5f-60718293a4b5' }),
    owner: z.string().meta({
      description:
        'What whoever wrote it was called then: the name if the token told it, or else the user name',
      example: 'Ada Lovelace',
    }),
    mine: z
      .boolean()
      .meta({ description: 'Whether the token speaks for its owner, who alone may change it' }),
    tenant: z.string().nullable().meta({ description: 'Whose members may read it', example: 'acme' }),
    title: z.string().meta({ example: example.title }),
    text: z.string().meta({ example: example.text }),
    shared_with: z
      .array(z.string())
      .meta({ description: 'Cognito groups whose members may read it', example: ['editors'] }),
    revision: z.int().meta({ description: 'What the ETag says', example: 1 }),
    created_at: seconds,
    updated_at: seconds,
  })
  .meta({ id: 'Note' });

const etag = z.string().meta({ description: 'The revision, for If-Match', example: '"1"' });
const oneNote = { description: 'The note', body: note, headers: z.object({ etag }) };

const tag = 'Notes';
const reads = { scopes: ['notes/read'] };
const writes = { scopes: ['notes/write'] };
const params = z.object({ id: noteId });
const paramsOfGroup = params.extend({ group: groupName.meta({ example: 'editors' }) });
const condition = z.object({
  'if-match': ifMatch.meta({
    description: 'The ETag that was read; `*` will not do',
    example: '"1"',
    override: { type: 'string' },
  }),
});

/** A query is text; the document says what the text has to say. */
const limit = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(MOST_NOTES))
  .default(FEW_NOTES)
  .meta({
    description: 'How many at the most',
    override({ jsonSchema }) {
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: MOST_NOTES, default: FEW_NOTES });
    },
  });

export const listNotes = operation({
  id: 'listNotes',
  method: 'GET',
  path: '/api/v1/notes',
  tag,
  summary: 'The notes that the token may read, the newest first',
  description:
    'One’s own, those of the same tenant, and those that are shared with a group of one’s own. `next_cursor` leads to the next page.',
  policy: reads,
  query: z.strictObject({
    limit,
    cursor: cursor.optional().meta({ description: '`next_cursor` of the page before' }),
    owner: z.literal('me').optional().meta({ description: 'One’s own notes alone' }),
  }),
  answers: {
    200: {
      description: 'A page of notes',
      body: z.object({
        notes: z.array(note),
        next_cursor: z.string().nullable().meta({ description: 'null on the last page' }),
      }),
    },
  },
  problems: ['database_unavailable'],
});

export const createNote = operation({
  id: 'createNote',
  method: 'POST',
  path: '/api/v1/notes',
  tag,
  summary: 'Write a note',
  description:
    'With an Idempotency-Key, a request that is repeated within a day is answered as the first time, and writes no second note.',
  policy: writes,
  headers: z.object({
    'idempotency-key': z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, 'Expected 1 to 255 visible ASCII characters.')
      .optional()
      .meta({ example: '8e03978e-40d5-43dd-bc93-6894a57f9324' }),
  }),
  body: newNote.meta({ example }),
  bodyLimit: LARGEST_NOTE,
  answers: {
    201: {
      description: 'The note as it was written',
      body: note,
      headers: z.object({ etag, location: z.string().meta({ description: 'Its address' }) }),
    },
  },
  problems: ['idempotency_key_reused'],
});

export const getNote = operation({
  id: 'getNote',
  method: 'GET',
  path: '/api/v1/notes/{id}',
  tag,
  summary: 'Read a note',
  policy: reads,
  params,
  headers: z.object({
    'if-none-match': ifNoneMatch.meta({
      description: 'An ETag that was read before',
      example: '"1"',
      override: { type: 'string' },
    }),
  }),
  answers: {
    200: oneNote,
    304: { description: 'It is as it was', headers: z.object({ etag }) },
  },
  problems: ['not_found', 'database_unavailable'],
});

export const updateNote = operation({
  id: 'updateNote',
  method: 'PATCH',
  path: '/api/v1/notes/{id}',
  tag,
  summary: 'Change the title or the text of a note of one’s own',
  description: 'What is not named stays as it is.',
  policy: writes,
  params,
  headers: condition,
  body: noteChange.meta({ example: { text: 'Tent\nLamp\nRope' } }),
  bodyLimit: LARGEST_NOTE,
  answers: { 200: oneNote },
  problems: ['not_found', 'forbidden', 'revision_required', 'revision_mismatch'],
});

export const deleteNote = operation({
  id: 'deleteNote',
  method: 'DELETE',
  path: '/api/v1/notes/{id}',
  tag,
  summary: 'Delete a note of one’s own',
  policy: writes,
  params,
  headers: condition,
  answers: { 204: { description: 'It is gone' } },
  problems: ['not_found', 'forbidden', 'revision_required', 'revision_mismatch'],
});

export const shareNote = operation({
  id: 'shareNote',
  method: 'PUT',
  path: '/api/v1/notes/{id}/groups/{group}',
  tag,
  summary: 'Share a note of one’s own with a group',
  description: 'The group’s members may read it then, of whichever tenant they are.',
  policy: writes,
  params: paramsOfGroup,
  answers: { 200: oneNote },
  problems: ['not_found', 'forbidden', 'not_in_group'],
});

export const unshareNote = operation({
  id: 'unshareNote',
  method: 'DELETE',
  path: '/api/v1/notes/{id}/groups/{group}',
  tag,
  summary: 'Take a note of one’s own back from a group',
  policy: writes,
  params: paramsOfGroup,
  answers: { 200: oneNote },
  problems: ['not_found', 'forbidden'],
});
