import type { NoteUser } from '../../../lib/access/note-rules.ts';

/** Seconds since the epoch. */
export const start = 1_800_000_000;

export type Writer = NoteUser & { username: string };

/** A person as a token tells of them. */
export const person = (sub: string, tenant?: string, groups: string[] = []): Writer => ({
  sub,
  username: `name of ${sub}`,
  groups,
  claims: { sub, ...(tenant !== undefined && { 'custom:tenant': tenant }) },
});

export const ada = person('ada', 'analytical', ['editors', 'admins']);
export const charles = person('charles', 'analytical');
export const grace = person('grace', 'acme', ['editors']);
export const stranger = person('stranger', 'elsewhere', ['others']);
/** A client credentials token has neither tenant nor groups. */
export const machine = person('client-id');
