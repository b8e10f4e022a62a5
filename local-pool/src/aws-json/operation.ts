import type { z } from 'zod';
import type { LocalPool } from '../local-pool.ts';

/** What an operation may want to know of the request besides its input. */
export interface Call {
  /** Where the request came from. */
  ip: string;
}

/** An operation of an AWS JSON API: the shape of its input, and what it does. */
export interface Operation {
  /** Whether AWS asks for a SigV4 signature. */
  signed: boolean;
  input: z.ZodType;
  run(pool: LocalPool, input: unknown, call: Call): object | Promise<object>;
}

type Run<Input> = (pool: LocalPool, input: Input, call: Call) => object | Promise<object>;

/** An operation that anyone may call; what it is given (client, session, access token) is its guard. */
export function publicOperation<Shape extends z.ZodType>(input: Shape, run: Run<z.infer<Shape>>): Operation {
  return { signed: false, input, run: run as Run<unknown> };
}

/** An operation that AWS lets nobody call without a signature of theirs: administration and configuration. */
export function signedOperation<Shape extends z.ZodType>(input: Shape, run: Run<z.infer<Shape>>): Operation {
  return { signed: true, input, run: run as Run<unknown> };
}
