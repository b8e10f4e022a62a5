import type { Operation } from './operation.ts';
import { signUserOut } from './operations/administration.ts';
import { createAwsCredentials, getAwsRole } from './operations/aws-credentials.ts';
import { getMe, getToken } from './operations/identity.ts';
import { getDownstream, getTokenUsage } from './operations/machine.ts';
import {
  createNote,
  deleteNote,
  getNote,
  listNotes,
  shareNote,
  unshareNote,
  updateNote,
} from './operations/notes.ts';
import { endOwnSession, listOwnSessions } from './operations/sessions.ts';

/** All of the API, in the order of its reference. */
export const operations: readonly Operation[] = [
  getMe,
  getToken,
  listOwnSessions,
  endOwnSession,
  listNotes,
  createNote,
  getNote,
  updateNote,
  deleteNote,
  shareNote,
  unshareNote,
  getAwsRole,
  createAwsCredentials,
  signUserOut,
  getTokenUsage,
  getDownstream,
];
