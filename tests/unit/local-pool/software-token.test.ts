import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import {
  createSoftwareTokenSecret,
  enrolSoftwareToken,
  spendSoftwareCode,
  stepOfSoftwareCode,
} from '../../../local-pool/src/model/software-token.ts';
import type { User } from '../../../local-pool/src/model/user.ts';

/** RFC 6238 appendix B: the key and, of its eight digits, the last six. */
const rfcSecret = Secret.fromLatin1('12345678901234567890').base32;

const user = (lastUsedStep?: number): User => ({
  sub: '1',
  username: 'ada',
  userPoolId: 'us-east-1_A',
  status: 'CONFIRMED',
  enabled: true,
  attributes: {},
  details: { softwareToken: { secret: rfcSecret, ...(lastUsedStep !== undefined && { lastUsedStep }) } },
  createdAt: 0,
  modifiedAt: 0,
});
const codeAt = (seconds: number) =>
  TOTP.generate({ secret: Secret.fromBase32(rfcSecret), timestamp: seconds * 1000 });

describe('the codes of an authenticator app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at %i seconds are those of RFC 6238', (seconds, code) => {
    expect(stepOfSoftwareCode(rfcSecret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it.each([
    ['the present step', 0, 100],
    ['the step before', -30, 99],
    ['the step after', 30, 101],
    ['two steps before', -60, undefined],
    ['two steps after', 60, undefined],
  ])('of %s', (_, offset, step) => {
    expect(stepOfSoftwareCode(rfcSecret, codeAt(3000 + offset), 3_000_000)).toBe(step);
  });

  it('are good once, and none is older than one that was used', () => {
    const ada = user();
    spendSoftwareCode(ada, codeAt(3000), 3_000_000);
    const used = { code: 'ExpiredCodeException', message: 'Your software token has already been used once.' };
    expect(() => spendSoftwareCode(ada, codeAt(3000), 3_000_000)).toThrow(expect.objectContaining(used));
    expect(() => spendSoftwareCode(ada, codeAt(2970), 3_000_000)).toThrow(expect.objectContaining(used));
    spendSoftwareCode(ada, codeAt(3030), 3_000_000);
    expect(ada.details.softwareToken?.lastUsedStep).toBe(101);
  });

  it('that are wrong are no use, and are none', () => {
    const ada = user(7);
    const mismatch = { code: 'CodeMismatchException' };
    expect(() => spendSoftwareCode(ada, codeAt(9000), 3_000_000)).toThrow(expect.objectContaining(mismatch));
    expect(ada.details.softwareToken?.lastUsedStep).toBe(7);
  });

  it('prove a new secret, and are used up by that', () => {
    const secret = createSoftwareTokenSecret();
    expect(secret).toMatch(/^[A-Z2-7]{52}$/);
    const ada = user();
    const now = 3_000_000;
    expect(() => enrolSoftwareToken(ada, secret, { code: codeAt(3000), now })).toThrow('Code mismatch');
    const code = TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: now });
    enrolSoftwareToken(ada, secret, { code, now, friendlyDeviceName: 'phone' });
    expect(ada.details.softwareToken).toEqual({ secret, lastUsedStep: 100, friendlyDeviceName: 'phone' });
    expect(() => spendSoftwareCode(ada, code, now)).toThrow('already been used');
  });
});
