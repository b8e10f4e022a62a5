/** Good news that one page passes to the next by name. By name only: a text in an address could be anybody's. */
export const notices = {
  confirmed: 'Your account is confirmed. You can sign in now.',
  'code-sent': 'We sent a new code. Earlier codes no longer work.',
  'password-changed': 'Your password is changed. Sign in with the new one.',
} as const;

export type Notice = keyof typeof notices;

/** The text for a notice's name, or undefined for a name that nobody gave. */
export function noticeText(name: string | undefined): string | undefined {
  return name !== undefined && Object.hasOwn(notices, name) ? notices[name as Notice] : undefined;
}
