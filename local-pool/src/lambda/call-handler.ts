import { randomUUID } from 'node:crypto';
import { isNativeError } from 'node:util/types';
import type { TriggerEvent } from './trigger-event.ts';

/** A function as Lambda's Node.js runtime calls it: it answers by its result, its promise or its callback. */
export type Handler = (event: unknown, context: LambdaContext, callback: Callback) => unknown;

type Callback = (error?: unknown, answer?: unknown) => void;

/** The part of Lambda's context object that means something here (Lambda: context object in Node.js). */
export interface LambdaContext {
  awsRequestId: string;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  callbackWaitsForEmptyEventLoop: boolean;
  /** Milliseconds. */
  getRemainingTimeInMillis(): number;
}

export type Outcome =
  | { kind: 'answered'; answer: unknown }
  | { kind: 'failed'; message: string }
  | { kind: 'timed out' };

/**
 * Calls a function once. Event and answer are copied by way of JSON, as over Lambda's wire: neither side can change
 * what the other holds. A function that blocks the event loop cannot be stopped: it runs in this process.
 * @param timeoutMs of real time, even where the pool's clock stands still
 */
export async function callHandler(
  handler: Handler,
  functionName: string,
  functionArn: string,
  event: TriggerEvent,
  timeoutMs: number,
): Promise<Outcome> {
  const deadline = performance.now() + timeoutMs;
  const called = Promise.withResolvers<unknown>();
  const late = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(late.resolve, timeoutMs, LATE);
  const context: LambdaContext = {
    awsRequestId: randomUUID(),
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
  const run = async () => {
    const returned = handler(JSON.parse(JSON.stringify(event)), context, (error, answer) =>
      error === undefined || error === null ? called.resolve(answer) : called.reject(error),
    );
    return returned === undefined && handler.length >= 3 ? called.promise : returned;
  };
  try {
    const answer = await Promise.race([called.promise, run(), late.promise]);
    return answer === LATE ? { kind: 'timed out' } : { kind: 'answered', answer: overTheWire(answer) };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

const LATE = Symbol('late');

function overTheWire(answer: unknown): unknown {
  let text: string | undefined;
  try {
    text = JSON.stringify(answer);
  } catch {
    throw new Error('Unable to stringify response body');
  }
  return text === undefined ? null : JSON.parse(text);
}

/** `errorMessage` as Lambda reports it. Whatever can be thrown arrives here, even what has no text. */
function messageOf(error: unknown): string {
  if (isNativeError(error)) return error.message;
  try {
    return String(error);
  } catch {
    return 'unknown';
  }
}
