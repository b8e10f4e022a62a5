import type { Attempt, Step } from '../../authentication/attempt.ts';
import { CHALLENGES } from '../../authentication/challenges.ts';
import type { OpenChallenge } from '../../authentication/open-challenge.ts';
import { invalidParameter } from '../../authentication/refusals.ts';
import type { CognitoError } from '../../errors.ts';
import type { ChallengeView } from '../views/challenge-view.ts';
import type { Html } from '../views/html.ts';

/** A challenge that somebody is asked at the pages. */
export interface AskedChallenge {
  attempt: Attempt;
  open: OpenChallenge;
  /** The masked address that a code went to. */
  destination: string | undefined;
  /** The posted fields; empty where the page is shown for the first time. */
  form: URLSearchParams;
  /** Why the form was refused; absent where the page is shown for the first time. */
  refusal: CognitoError | undefined;
  /** What every challenge's page shows. */
  view: ChallengeView;
}

/** How one challenge is asked and answered by a page. */
export interface ChallengePage {
  /** The one script that the page may run. */
  scriptSource?: string;
  show(asked: AskedChallenge): Html | Promise<Html>;
  /** Judges the posted form. @throws CognitoError of the challenge */
  answer(asked: AskedChallenge): Promise<Step>;
}

/** Judges responses as RespondToAuthChallenge would, whose checks of a caller a page of ours does not need. */
export function judge({ attempt, open }: AskedChallenge, responses: Record<string, string>): Promise<Step> {
  const answer = CHALLENGES[open.name];
  if (!answer) throw invalidParameter(`Challenge ${open.name} cannot be answered.`);
  return answer(attempt, open, responses);
}

/** A code as people type it, with blanks between its digits. */
export function typedCode({ form }: AskedChallenge): string {
  return (form.get('code') ?? '').replaceAll(/\s/g, '');
}
