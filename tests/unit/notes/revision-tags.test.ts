import { expect, it } from 'vitest';
import { ifMatch, ifNoneMatch, tagOf } from '../../../lib/notes/revision-tags.ts';

it('the tag of a note is its revision', () => {
  expect(tagOf({ revision: 12 })).toBe('"12"');
  expect(ifMatch.parse(tagOf({ revision: 12 }))).toEqual([12]);
});

it.each([
  ['"1", "22"', [1, 22]],
  ['"1", W/"22"', [1]],
  ['W/"1"', []],
  ['"x", "01", "0", "-1", "1e3", "9999999999"', []],
  ['*', undefined],
  [undefined, undefined],
])('If-Match: %s names the revisions %j', (value, revisions) => {
  expect(ifMatch.parse(value)).toEqual(revisions);
});

it.each([
  ['"1"', true],
  ['W/"1"', true],
  ['"7", "1"', true],
  ['*', true],
  ['"2"', false],
  [undefined, false],
])('If-None-Match: %s names revision 1: %s', (value, names) => {
  expect(ifNoneMatch.parse(value)(1)).toBe(names);
});

it.each(['', '1', '"1'])('API-07 %j is refused in both', (value) => {
  expect(ifMatch.safeParse(value).success).toBe(false);
  expect(ifNoneMatch.safeParse(value).success).toBe(false);
});
