import { describe, expect, it } from 'vitest';
import {
  assumedRoleArn,
  assumedRoleId,
  parseRoleArn,
} from '../../../../local-pool/src/identity-pool/role-arn.ts';

describe('the ARN of a role', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/Eng', { partition: 'aws', account: '111122223333', name: 'Eng' }],
    [
      'arn:aws:iam::111122223333:role/service-role/teams/Eng',
      { partition: 'aws', account: '111122223333', name: 'Eng' },
    ],
    [
      'arn:aws-us-gov:iam::111122223333:role/Eng',
      { partition: 'aws-us-gov', account: '111122223333', name: 'Eng' },
    ],
  ])('%s has its parts', (arn, parts) => {
    expect(parseRoleArn(arn)).toEqual(parts);
  });

  it.each([
    'arn:aws:iam::111122223333:user/Eng',
    'arn:aws:iam::1111:role/Eng',
    'arn:aws:iam::111122223333:role/',
    'arn:aws:iam::111122223333:role/Eng\n',
    'role/Eng',
    '',
  ])('is not %j', (arn) => {
    expect(parseRoleArn(arn)).toBeUndefined();
  });

  it('gives the assumed role without the path, and an ID of its own', () => {
    const role = parseRoleArn('arn:aws:iam::111122223333:role/teams/Eng');
    expect(role && assumedRoleArn(role, 's')).toBe('arn:aws:sts::111122223333:assumed-role/Eng/s');
    expect(assumedRoleId('arn:aws:iam::111122223333:role/Eng', 's')).toMatch(/^AROA[0-9A-F]{17}:s$/);
    expect(assumedRoleId('arn:aws:iam::111122223333:role/Eng', 's')).not.toBe(
      assumedRoleId('arn:aws:iam::111122223333:role/Ops', 's'),
    );
  });
});
