import type { Visitor } from '#lib/session/visitor.ts';

/** @returns a browser by the names that a person knows, as "Firefox on Windows"; `unknown` when it gave none */
export function deviceWords(
  { browser, system }: Pick<Visitor, 'browser' | 'system'>,
  unknown: string,
): string {
  if (browser && system) return `${browser} on ${system}`;
  if (system) return `A browser on ${system}`;
  return browser ?? unknown;
}

const ways: Record<string, string> = {
  password: 'with a password',
  passkey: 'with a passkey',
  'user pool': 'through the user pool',
};

/** @param by as the registry has it: a method, or the name of an identity provider */
export const signInWords = (by: string): string =>
  (Object.hasOwn(ways, by) ? ways[by] : undefined) ?? `through ${by}`;
