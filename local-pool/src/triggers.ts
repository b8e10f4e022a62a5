import { pathToFileURL } from 'node:url';
import { CognitoError, StartError } from './errors.ts';

/** The event of every user pool trigger (Cognito: Lambda trigger event). */
export interface TriggerEvent {
  version: string;
  triggerSource: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  request: Record<string, unknown>;
  response: Record<string, unknown>;
}

/** Where the template says that a Lambda function's code is. */
export interface TriggerFunction {
  arn: string;
  modulePath: string;
  exportName: string;
}

export interface Triggers {
  /**
   * Calls a function with an event and returns the `response` part of its answer.
   * @param triggerName as in error texts: `PreTokenGeneration` …
   * @throws CognitoError UserLambdaValidationException (it threw), UnexpectedLambdaException (no answer in time),
   *   InvalidLambdaResponseException (Cognito: Lambda triggers, things to know).
   */
  invoke(functionArn: string, triggerName: string, event: TriggerEvent): Promise<Record<string, unknown>>;
}

type Handler = (event: TriggerEvent) => unknown;

const LIMITS = { timeoutMs: 5000, attempts: 3 };

/**
 * Imports the template's functions, so that a missing one stops the start rather than the first sign-in.
 * @throws StartError.
 */
export async function loadTriggers(functions: TriggerFunction[], limits = LIMITS): Promise<Triggers> {
  const handlers = new Map<string, Handler>();
  for (const { arn, modulePath, exportName } of functions)
    handlers.set(arn, await importHandler(modulePath, exportName));

  return {
    async invoke(functionArn, triggerName, event) {
      const handler = handlers.get(functionArn);
      if (!handler)
        throw new CognitoError(
          'UnexpectedLambdaException',
          `${triggerName} invocation failed due to error ResourceNotFoundException.`,
        );
      for (let attempt = 1; attempt <= limits.attempts; attempt += 1) {
        const answer = await answerInTime(handler, triggerName, event, limits.timeoutMs);
        if (answer !== TIMED_OUT) return responseOf(answer);
      }
      throw new CognitoError(
        'UnexpectedLambdaException',
        `${triggerName} invocation failed due to error Timeout.`,
      );
    },
  };
}

async function importHandler(modulePath: string, exportName: string): Promise<Handler> {
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(modulePath).href);
    const handler = module[exportName];
    if (typeof handler === 'function') return handler as Handler;
  } catch (error) {
    throw new StartError(
      `The trigger ${modulePath} cannot be loaded: ${error instanceof Error ? error.message : 'unknown error'}`,
    );
  }
  throw new StartError(`The trigger ${modulePath} has no exported function named ${exportName}.`);
}

const TIMED_OUT = Symbol('timed out');

async function answerInTime(
  handler: Handler,
  triggerName: string,
  event: TriggerEvent,
  timeoutMs: number,
): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, TIMED_OUT);
  });
  try {
    // A copy, as over the wire: a function that keeps its event cannot change ours afterwards.
    return await Promise.race([Promise.resolve(structuredClone(event)).then(handler), deadline]);
  } catch (error) {
    throw new CognitoError(
      'UserLambdaValidationException',
      `${triggerName} failed with error ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  } finally {
    clearTimeout(timer);
  }
}

function responseOf(answer: unknown): Record<string, unknown> {
  if (isRecord(answer) && isRecord(answer.response)) return structuredClone(answer.response);
  throw new CognitoError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
