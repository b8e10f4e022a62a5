import { DatabaseSync } from 'node:sqlite';
import { Failure } from './failure.ts';

/** Longer than a refresh takes at the most; in milliseconds. */
const LONGEST_WAIT_MS = 15_000;

/**
 * Does some work while no other process does work under the same lock. Node.js has no lock on files of its own, and
 * SQLite's is released by the system when its process dies, so that there is no stale lock to judge.
 * @param file that the lock is for; the lock is a file beside it
 * @throws Failure when another process does not come to its end
 */
export async function underLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: LONGEST_WAIT_MS });
  try {
    take(lock, file);
    return await work();
  } finally {
    lock.close();
  }
}

function take(lock: DatabaseSync, file: string): void {
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    throw new Failure(`Another process holds ${file}.lock and does not let go of it.`);
  }
}
