import { appendFileSync } from 'node:fs';

/** What every function of Cognito is given (Cognito: Lambda trigger event). */
export interface TriggerEvent {
  version: string;
  triggerSource: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  request: Record<string, unknown> & { userAttributes: Record<string, string> };
  response: Record<string, unknown>;
}

/** Appends the event to the file that CONTRACT_FUNCTION_EVENTS names, where the suite reads it. */
export function recordEvent(event: TriggerEvent): void {
  const { CONTRACT_FUNCTION_EVENTS: file } = process.env;
  if (file) appendFileSync(file, `${JSON.stringify(event)}\n`);
}
