import type { LambdaConfigType } from '@aws-sdk/client-cognito-identity-provider';
import { functionEvents } from './function-events.ts';
import type { TriggerEvent } from './record-event.ts';
import { type ContractClient, required, type Stage } from './stage.ts';

/** The ARN of a function of `handlers/`. */
export const functionArn = (stage: Stage, name: string): string => `${stage.functionArnPrefix}${name}`;

/**
 * Every trigger of a sign-up and a sign-in, recording.
 * @param others names of functions in the place of `record`.
 */
export function recording(
  stage: Stage,
  others: Partial<Record<keyof LambdaConfigType, string>> = {},
): LambdaConfigType {
  const record = functionArn(stage, 'record');
  return {
    PreSignUp: record,
    PostConfirmation: record,
    PreAuthentication: record,
    PostAuthentication: record,
    CustomMessage: record,
    PreTokenGeneration: record,
    ...Object.fromEntries(
      Object.entries(others).map(([trigger, name]) => [trigger, functionArn(stage, name)]),
    ),
  };
}

/** Runs something and gives the events that it caused in a user pool, in order. */
export async function eventsOf(
  stage: Stage,
  { UserPoolId }: ContractClient,
  run: () => Promise<unknown>,
): Promise<TriggerEvent[]> {
  const before = functionEvents(stage.functionEvents, UserPoolId).length;
  await run();
  return functionEvents(stage.functionEvents, UserPoolId).slice(before);
}

/** What the first event of a source asked. */
export const requestOf = (events: TriggerEvent[], source: string) =>
  required(events.find(({ triggerSource }) => triggerSource.startsWith(source))).request;
