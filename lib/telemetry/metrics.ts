import { telemetrySink } from './sink.ts';
import { inSpan } from './span.ts';

/** Every function here costs next to nothing while no endpoint is configured. No value may come from a request. */

/** @param outcome `opened`, or the error code */
export const countSignIn = (outcome: string): void => telemetrySink()?.count('cabana.sign_ins', { outcome });

/** A refresh at the user pool; requests that were given the result of another's do not count. */
export const countRefresh = (outcome: string): void =>
  telemetrySink()?.count('cabana.refreshes', { outcome });

/** @param code a code of `lib/errors.ts` */
export const countRefusal = (code: string, at: 'page' | 'form' | 'api'): void =>
  telemetrySink()?.count('cabana.refusals', { code, at });

/**
 * A machine token: `issued` by the user pool, which Cognito bills; `cached` where a call was given one that was there;
 * `failed` where a call got none.
 * @param client the app client's ID
 */
export const countMachineToken = (client: string, outcome: 'issued' | 'cached' | 'failed'): void =>
  telemetrySink()?.count('cabana.machine_tokens', { client, outcome });

/** @param operation its id in the OpenAPI document */
export const countApiRequest = (operation: string, status: number): void =>
  telemetrySink()?.count('cabana.api.requests', { operation, status });

/** Runs a guard as a span, and records how long it took in milliseconds, whatever it decides. */
export async function timeGuard<Result>(
  guard: 'middleware' | 'page' | 'api',
  work: () => Promise<Result>,
): Promise<Result> {
  const sink = telemetrySink();
  if (!sink) return await work();
  const began = performance.now();
  try {
    return await inSpan(`guard ${guard}`, {}, work);
  } finally {
    sink.record('cabana.guard.duration', performance.now() - began, { guard });
  }
}
