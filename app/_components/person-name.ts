import type { Principal } from '#lib/access/principal.ts';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** @returns what to call a person: name, else e-mail address, else user name. For the eye only, never to decide. */
export const personName = ({ claims, username }: Principal): string =>
  text(claims.name) ?? text(claims.given_name) ?? text(claims.email) ?? username;
