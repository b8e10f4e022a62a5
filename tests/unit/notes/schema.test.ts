import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursor, cursorAfter } from '../../../lib/notes/cursor.ts';
import { groupName, newNote, noteChange, noteId, text, title } from '../../../lib/notes/schema.ts';

describe('a title', () => {
  it.each(['x', '  trimmed  ', 'שלום עולם', '👩‍👩‍👧‍👦', 'x'.repeat(200), '🏖'.repeat(200), "<b>'; --"])(
    'may be %j',
    (value) => {
      expect(title.parse(value)).toBe(value.trim());
    },
  );

  it.each([
    '',
    '   ',
    '\u200b\u2060',
    'two\nlines',
    'a\ttab',
    'nul\0',
    'c1\u0085',
    'half \ud83c',
    '\udfd6 half',
    'x'.repeat(201),
    '🏖'.repeat(201),
    7,
    null,
    ['x'],
    { toString: 'x' },
  ])('API-07 may not be %j', (value) => {
    expect(title.safeParse(value).success).toBe(false);
  });
});

describe('a text', () => {
  it.each(['', 'one\n\ttwo\n', 'x'.repeat(10_000), '🏖'.repeat(10_000)])('may be %#', (value) => {
    expect(text.parse(value)).toBe(value);
  });

  it('has the line ends of no particular system', () => {
    expect(text.parse('a\r\nb\rc\n\r\n')).toBe('a\nb\nc\n\n');
  });

  it('may be 10,000 characters as a form sends them, with two for the end of each line', () => {
    expect(text.parse('\r\n'.repeat(10_000))).toHaveLength(10_000);
  });

  it.each(['nul\0', '\x1b[31m', '\x7f', 'half \ud83c', 'x'.repeat(10_001), '🏖'.repeat(10_001), undefined])(
    'API-07 may not be %#',
    (value) => {
      expect(text.safeParse(value).success).toBe(false);
    },
  );
});

it('API-07 a note has a title and a text, and nothing else', () => {
  const note = { title: 'x', text: '' };
  expect(newNote.safeParse(note).success).toBe(true);
  for (const other of [
    { title: 'x' },
    { text: '' },
    { ...note, owner_sub: 'grace' },
    JSON.parse('{"title":"x","text":"","__proto__":{"admin":true}}'),
    [note],
    null,
  ])
    expect(newNote.safeParse(other).success).toBe(false);
});

it('a change names what is to be different', () => {
  expect(noteChange.parse({ text: '' })).toEqual({ text: '' });
  expect(noteChange.safeParse({}).success).toBe(false);
  expect(noteChange.safeParse({ revision: 3 }).success).toBe(false);
});

it.each(['', 'x', '__proto__', '../../etc', "0'", '00000000-0000-0000-0000-000000000000\0'])(
  'API-07 %j is no id of a note',
  (value) => {
    expect(noteId.safeParse(value).success).toBe(false);
  },
);

it('a group is named as in a user pool', () => {
  for (const name of ['editors', '__proto__', 'Größe+1', '🏖'.repeat(128)])
    expect(groupName.parse(name)).toBe(name);
  for (const name of ['', 'two words', 'nul\0', 'x'.repeat(129), '\ud83c'])
    expect(groupName.safeParse(name).success).toBe(false);
});

describe('a cursor', () => {
  const position = { created_at: 1_800_000_000, id: '0192f0c1-2345-7abc-8def-0123456789ab' };

  it('leads back to its position', () => {
    expect(cursor.parse(cursorAfter(position))).toEqual(position);
  });

  it('API-07 that nobody made is refused, whatever it is', () => {
    const made = cursorAfter(position);
    const others = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.nat(made.length - 1).map((at) => made.slice(0, at)),
      fc.anything(),
      fc.constantFrom(`${made}=`, `${made}A`, ` ${made}`, made.toUpperCase()),
    );
    fc.assert(
      fc.property(others, (other) => {
        fc.pre(other !== made);
        expect(cursor.safeParse(other).success).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
