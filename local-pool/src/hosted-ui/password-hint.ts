import type { PasswordPolicy } from '../model/password-policy.ts';

/** The pool's password rules as one sentence, for example "At least 8 characters, with a number and a symbol." */
export function passwordHint(policy: PasswordPolicy): string {
  const parts = [
    policy.requireLowercase && 'a lower-case letter',
    policy.requireUppercase && 'an upper-case letter',
    policy.requireNumbers && 'a number',
    policy.requireSymbols && 'a symbol',
  ].filter((part) => part !== false);
  const list = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(parts);
  return `At least ${policy.minimumLength} characters${parts.length === 0 ? '' : `, with ${list}`}.`;
}
