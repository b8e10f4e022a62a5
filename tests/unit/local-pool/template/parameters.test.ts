import { describe, expect, it } from 'vitest';
import { nameOf } from './load.ts';

const withParameter = (definition: string, given: Record<string, string> = {}) =>
  nameOf(`!Sub "\${P}"`, `Parameters:\n  P: ${definition}`, given);

describe('parameters', () => {
  it('take their default where nothing is given', () => {
    expect(withParameter('{ Type: String, Default: usual }')).toBe('usual');
    expect(withParameter('{ Type: Number, Default: 7 }')).toBe('7');
  });

  it('take what is given', () => {
    expect(withParameter('{ Type: String, Default: usual }', { P: 'given' })).toBe('given');
    expect(withParameter('{ Type: String, Default: usual }', { P: '' })).toBe('');
  });

  it.each([
    ['no value', '{ Type: String }', {}, 'P: has no default and no value was given'],
    [
      'a value that is not allowed',
      '{ Type: String, AllowedValues: [a, b] }',
      { P: 'c' },
      'P: c is none of a, b',
    ],
    [
      'a default that is not allowed',
      '{ Type: String, Default: c, AllowedValues: [a] }',
      {},
      'P: c is none of a',
    ],
    [
      'a value outside the pattern',
      '{ Type: String, AllowedPattern: "a|b" }',
      { P: 'ab' },
      'P: ab does not match a|b',
    ],
    ['too small a number', '{ Type: Number, MinValue: 5 }', { P: '4' }, 'P: 4 is out of range'],
    ['too large a number', '{ Type: Number, MaxValue: 5 }', { P: '5.1' }, 'P: 5.1 is out of range'],
    ['no number', '{ Type: Number }', { P: 'five' }, 'P: five is out of range'],
    ['an unknown name', '{ Type: String, Default: x }', { Q: 'x' }, 'Q: the template has no such parameter'],
    [
      'a name from the prototype',
      '{ Type: String, Default: x }',
      { toString: 'x' },
      'toString: the template has no',
    ],
  ])('%s is refused by name', (_, definition, given, reason) => {
    expect(() => withParameter(definition, given)).toThrow(`Parameters.${reason}`);
  });

  it.each([
    ['{ Type: Number, MinValue: 5, MaxValue: 9 }', '5'],
    ['{ Type: Number, MinValue: 5, MaxValue: 9 }', '9'],
    ['{ Type: String, AllowedValues: [1, 2] }', '2'],
    ['{ Type: String, AllowedPattern: "[a-c]+" }', 'abc'],
  ])('%s allows %s', (definition, value) => {
    expect(withParameter(definition, { P: value })).toBe(value);
  });
});
