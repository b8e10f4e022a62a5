import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Failure } from './failure.ts';

const contents = z.object({
  /** The API's origin. */
  api: z.url(),
  issuer: z.url(),
  /** Where the user pool's OAuth endpoints are. */
  domain: z.url(),
  clientId: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** When the access token was asked for, in milliseconds since the epoch. */
  askedAt: z.number(),
});

/** Who is signed in on this machine, and with what. */
export type SignedIn = z.infer<typeof contents>;

/** Below the user's configuration folder (XDG Base Directory Specification). */
export const signedInFile = (): string =>
  join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'cabana', 'notes.json');

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** @throws Failure when nobody is signed in, or when others could have read the tokens */
export function readSignedIn(file: string): SignedIn {
  try {
    if ((statSync(file).mode & 0o077) !== 0)
      throw new Failure(
        `Others on this machine can read ${file}: chmod 600 it, and sign out if somebody may have.`,
      );
    return contents.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (isMissing(error)) throw new Failure('Nobody is signed in: run `sign-in` first.');
    throw new Failure(`${file} cannot be read: delete it and sign in again.`);
  }
}

/** Makes the folder that the file and its lock are in. */
export const prepareFolder = (file: string): void =>
  void mkdirSync(dirname(file), { recursive: true, mode: 0o700 });

/** Puts the new contents in the old one's place at once: whoever reads finds the one or the other, whole. */
export function writeSignedIn(file: string, signedIn: SignedIn): void {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  const descriptor = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(descriptor, `${JSON.stringify(signedIn, null, 2)}\n`);
    // Before the name: after a power failure, an empty file would have taken the place of a good refresh token.
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}

export const deleteSignedIn = (file: string): void => rmSync(file, { force: true });
