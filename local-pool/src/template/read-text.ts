import { readFileSync } from 'node:fs';
import { StartError } from '../errors.ts';

/** @throws StartError for a file that is not there or cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}
