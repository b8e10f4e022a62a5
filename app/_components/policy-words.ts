import type { Policy } from '#lib/access/policy.ts';
import { matchWords } from './match-words.ts';

/** @returns one phrase for each condition of a policy, in the order in which it is judged */
export function policyWords({ groups, claims = [], scopes = [], signedInWithin, mfa }: Policy): string[] {
  const words: string[] = [];
  if (groups?.any)
    words.push(`member of ${groups.any.length > 1 ? 'one of the groups' : 'the group'} ${list(groups.any)}`);
  if (groups?.all)
    words.push(`member of ${groups.all.length > 1 ? 'all of the groups' : 'the group'} ${list(groups.all)}`);
  for (const { claim, match, value } of claims) words.push(`claim ${claim} ${matchWords[match]} “${value}”`);
  if (scopes.length > 0) words.push(`scope ${list(scopes)}`);
  if (signedInWithin !== undefined)
    words.push(`signed in within the last ${Math.ceil(signedInWithin / 60)} minutes`);
  if (mfa) words.push('signed in with a second factor');
  return words.length > 0 ? words : ['anybody who is signed in'];
}

const list = (names: readonly string[]): string => names.join(', ');
