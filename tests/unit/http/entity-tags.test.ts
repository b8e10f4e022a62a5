import { expect, it } from 'vitest';
import { entityTagsIn } from '../../../lib/http/entity-tags.ts';

const strong = (opaque: string) => ({ weak: false, opaque });

it.each([
  ['*', '*'],
  ['  * ', '*'],
  ['"1"', [strong('1')]],
  ['""', [strong('')]],
  ['W/"1"', [{ weak: true, opaque: '1' }]],
  ['"1", "2"', [strong('1'), strong('2')]],
  ['"a,b" ,, W/"c"', [strong('a,b'), { weak: true, opaque: 'c' }]],
  ['"1",', [strong('1')]],
  ['"\\"', [strong('\\')]],
])('%s is understood', (value, expected) => {
  expect(entityTagsIn(value)).toEqual(expected);
});

it.each([
  '',
  '  ',
  '1',
  '"1',
  '1"',
  "'1'",
  'w/"1"',
  'W/ "1"',
  '"1" "2"',
  '"1""2"',
  '*, "1"',
  '"1", *',
  '"a b"',
  '"\0"',
  ',"1"',
])('%j is neither * nor a list of entity tags', (value) => {
  expect(entityTagsIn(value)).toBeUndefined();
});

it('a value of a million characters is read within a second', () => {
  const started = performance.now();
  for (const value of ['"1",'.repeat(250_000), `"${'x'.repeat(1_000_000)}`, `"1"${' ,'.repeat(500_000)}x`])
    entityTagsIn(value);
  expect(performance.now() - started).toBeLessThan(1_000);
});
