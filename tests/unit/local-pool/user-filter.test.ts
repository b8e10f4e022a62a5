import { describe, expect, it } from 'vitest';
import { parseUserFilter } from '../../../local-pool/src/model/user-filter.ts';

describe('the filter of ListUsers', () => {
  it.each([
    ['username = "jane"', { name: 'username', operator: '=', value: 'jane' }],
    ['  username^="jane"  ', { name: 'username', operator: '^=', value: 'jane' }],
    ['"family_name" = "Reddy"', { name: 'family_name', operator: '=', value: 'Reddy' }],
    ['cognito:user_status="CONFIRMED"', { name: 'cognito:user_status', operator: '=', value: 'CONFIRMED' }],
    ['name = "a \\"b\\" = \\\\c"', { name: 'name', operator: '=', value: 'a "b" = \\c' }],
    ['email = ""', { name: 'email', operator: '=', value: '' }],
  ])('%s', (text, filter) => {
    expect(parseUserFilter(text)).toEqual(filter);
  });

  it.each(['', '   '])('%j means everybody', (text) => {
    expect(parseUserFilter(text)).toBeUndefined();
  });

  it.each([
    'name',
    '= "x"',
    'name = x',
    'name == "x"',
    'name ^ "x"',
    'name = "x" "y"',
    'name = "x\\"',
    'name = "x" = "y"',
    'given name = "x"',
  ])('%s cannot be read', (text) => {
    expect(() => parseUserFilter(text)).toThrow('Error while parsing filter.');
  });

  it('a name that nobody may search for is refused', () => {
    expect(() => parseUserFilter('custom:plan = "x"')).toThrow('Invalid search attribute: custom:plan');
  });
});
