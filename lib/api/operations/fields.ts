import { z } from 'zod';

/** A moment, as every answer of the API says it. */
export const seconds = z.int().meta({ description: 'Seconds since the epoch', example: 1_795_000_000 });
