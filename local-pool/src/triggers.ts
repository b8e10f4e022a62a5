import { statSync } from 'node:fs';
import { CognitoError, StartError } from './errors.ts';
import { callHandler, type Handler } from './lambda/call-handler.ts';
import { findHandlerModule, functionNameOf, importHandler } from './lambda/handler-module.ts';
import type { TriggerEvent } from './lambda/trigger-event.ts';
import { unrecognizableOutput } from './lambda/unrecognizable-output.ts';

/** Where the template says that a Lambda function's code is. */
export interface TriggerFunction {
  name: string;
  modulePath: string;
  exportName: string;
}

export interface Triggers {
  /**
   * Calls a function with an event and returns the `response` part of its answer.
   * @param functionArn any, also with a version or alias at its end
   * @param triggerName as in error texts: `PreTokenGeneration` …
   * @throws CognitoError UserLambdaValidationException (it threw), UnexpectedLambdaException (no such function, no answer
   *   in time), InvalidLambdaResponseException (Cognito: Lambda triggers, things to know).
   */
  invoke(functionArn: string, triggerName: string, event: TriggerEvent): Promise<Record<string, unknown>>;
}

export interface TriggerOptions {
  /** A folder with the code of functions that the template does not name. */
  handlers?: string | undefined;
  limits?: TriggerLimits | undefined;
}

export interface TriggerLimits {
  timeoutMs: number;
  /** How often a function that does not answer is called. */
  attempts: number;
}

/** Cognito's own, which nobody can change there (Cognito: Lambda triggers, things to know). */
const COGNITO_LIMITS: TriggerLimits = { timeoutMs: 5000, attempts: 3 };

/**
 * Imports the template's functions, so that a missing one stops the start rather than the first sign-in; those of the
 * handlers folder are imported at their first call.
 * @throws StartError.
 */
export async function loadTriggers(
  functions: TriggerFunction[],
  { handlers: folder, limits = COGNITO_LIMITS }: TriggerOptions = {},
): Promise<Triggers> {
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new StartError(`There is no folder ${folder} with trigger handlers.`);
  const handlers = new Map<string, Handler>();
  for (const { name, modulePath, exportName } of functions)
    handlers.set(name, await importAtStart(modulePath, exportName));

  /** @throws Error of the import. */
  async function handlerOf(functionName: string | undefined): Promise<Handler | undefined> {
    if (functionName === undefined) return undefined;
    const known = handlers.get(functionName);
    if (known) return known;
    const modulePath = folder !== undefined && findHandlerModule(folder, functionName);
    if (!modulePath) return undefined;
    const handler = await importHandler(modulePath, 'handler');
    handlers.set(functionName, handler);
    return handler;
  }

  return {
    async invoke(functionArn, triggerName, event) {
      const functionName = functionNameOf(functionArn);
      // What goes wrong in the import of a function is the function's own error, as it is in Lambda.
      const handler = await handlerOf(functionName).catch((error: unknown) => {
        throw failed(triggerName, error instanceof Error ? error.message : 'unknown');
      });
      if (functionName === undefined || !handler) throw unexpected(triggerName, 'ResourceNotFoundException');
      for (let attempt = 1; attempt <= limits.attempts; attempt += 1) {
        const outcome = await callHandler(handler, functionName, functionArn, event, limits.timeoutMs);
        if (outcome.kind === 'answered') return responseOf(outcome.answer);
        if (outcome.kind === 'failed') throw failed(triggerName, outcome.message);
      }
      throw unexpected(triggerName, 'Timeout');
    },
  };
}

async function importAtStart(modulePath: string, exportName: string): Promise<Handler> {
  try {
    return await importHandler(modulePath, exportName);
  } catch (error) {
    throw new StartError(
      `The trigger ${modulePath} cannot be loaded: ${error instanceof Error ? error.message : 'unknown error'}.`,
    );
  }
}

function responseOf(answer: unknown): Record<string, unknown> {
  if (isRecord(answer) && isRecord(answer.response)) return answer.response;
  throw unrecognizableOutput();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failed(triggerName: string, message: string): CognitoError {
  return new CognitoError('UserLambdaValidationException', `${triggerName} failed with error ${message}.`);
}

function unexpected(triggerName: string, error: string): CognitoError {
  return new CognitoError(
    'UnexpectedLambdaException',
    `${triggerName} invocation failed due to error ${error}.`,
  );
}
