import type { Attempt, Progress, Step } from '../attempt.ts';

/**
 * Begins a sign-in with the AuthParameters of one AuthFlow.
 * @param progress with the username and the device that the parameters name
 * @param session of a registration that has just been confirmed
 */
export type Flow = (
  attempt: Attempt,
  parameters: Record<string, string>,
  progress: Progress,
  session?: string,
) => Promise<Step>;
