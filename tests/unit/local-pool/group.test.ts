import { describe, expect, it } from 'vitest';
import { byPrecedence, type Group, preferredRole } from '../../../local-pool/src/model/group.ts';

const group = (name: string, precedence?: number, role?: string): Group => ({
  userPoolId: 'us-east-1_Cabana001',
  name,
  ...(precedence !== undefined && { precedence }),
  createdAt: 0,
  modifiedAt: 0,
  ...(role !== undefined && { roleArn: `arn:aws:iam::111122223333:role/${role}` }),
});
const arn = (role: string) => `arn:aws:iam::111122223333:role/${role}`;

describe('the preferred role', () => {
  it.each<[string, Group[], string | undefined]>([
    ['nobody’s without groups', [], undefined],
    ['nobody’s where no group has a role', [group('a', 1), group('b')], undefined],
    ['that of the one strongest group', [group('a', 2, 'A'), group('b', 1, 'B')], arn('B')],
    ['that of precedence 0 before 1', [group('a', 1, 'A'), group('b', 0, 'B')], arn('B')],
    ['that of a number before none', [group('a', undefined, 'A'), group('b', 99, 'B')], arn('B')],
    ['that of the strongest group with a role', [group('a', 0), group('b', 5, 'B')], arn('B')],
    [
      'what the equally strong agree on',
      [group('a', 1, 'A'), group('b', 1, 'A'), group('c', 2, 'C')],
      arn('A'),
    ],
    [
      'nobody’s where the equally strong disagree',
      [group('a', 1, 'A'), group('b', 1, 'B'), group('c', 2, 'C')],
      undefined,
    ],
    ['that of the only role without precedence', [group('a', undefined, 'A'), group('b')], arn('A')],
    [
      'nobody’s where several without precedence disagree',
      [group('a', undefined, 'A'), group('b', undefined, 'B')],
      undefined,
    ],
  ])('is %s', (_, groups, expected) => {
    expect(preferredRole(groups)).toBe(expected);
    expect(preferredRole([...groups].reverse())).toBe(expected);
  });
});

it('groups stand by precedence, those without one last, equals by name', () => {
  const groups = [group('z'), group('b', 10), group('a'), group('c', 0), group('a2', 10)];
  expect(groups.sort(byPrecedence).map(({ name }) => name)).toEqual(['c', 'a2', 'b', 'a', 'z']);
});
