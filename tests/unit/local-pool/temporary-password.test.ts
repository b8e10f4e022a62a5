import { expect, it } from 'vitest';
import { requirePasswordPolicy } from '../../../local-pool/src/model/password-policy.ts';
import { generateTemporaryPassword } from '../../../local-pool/src/model/temporary-password.ts';
import { DEFAULT_PASSWORD_POLICY } from './default-password-policy.ts';

it.each([6, 8, 12, 99])('every policy of %i characters takes a generated password', (minimumLength) => {
  const policy = { ...DEFAULT_PASSWORD_POLICY, minimumLength };
  const passwords = Array.from({ length: 200 }, () => generateTemporaryPassword(policy));
  for (const password of passwords) requirePasswordPolicy(policy, password);
  expect(new Set(passwords).size).toBe(passwords.length);
});
