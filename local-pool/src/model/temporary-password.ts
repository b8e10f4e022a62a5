import { randomInt } from 'node:crypto';
import type { PasswordPolicy } from './password-policy.ts';

const CLASSES = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#%*+-_?'];
const ALL = CLASSES.join('');

/** A random password with every class of characters, which any policy allows; letters and digits that look alike are left out. */
export function generateTemporaryPassword({ minimumLength }: PasswordPolicy): string {
  const length = Math.max(12, minimumLength);
  const characters = CLASSES.map(pick);
  while (characters.length < length) characters.push(pick(ALL));
  for (let place = characters.length - 1; place > 0; place -= 1) {
    const other = randomInt(place + 1);
    [characters[place], characters[other]] = [characters[other] ?? '', characters[place] ?? ''];
  }
  return characters.join('');
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}
