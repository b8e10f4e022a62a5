import { AppError } from '#lib/errors.ts';

/** @returns what is read from the database, or undefined while that does not answer, for pages that show the rest */
export async function ifReadable<Result>(reading: Promise<Result>): Promise<Result | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === 'database_unavailable') return undefined;
    throw error;
  }
}
