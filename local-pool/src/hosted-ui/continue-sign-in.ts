import type { Progress, Step } from '../authentication/attempt.ts';
import { afterFirstFactor } from '../authentication/next-step.ts';
import { associateDuringSignIn } from '../authentication/software-token-setup.ts';
import type { AuthenticationMethod } from '../model/authentication-methods.ts';
import type { User } from '../model/user.ts';
import { beginAgain } from './begin-again.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { goToPage, passOn } from './hosted-answers.ts';
import { hostedAttempt } from './hosted-attempt.ts';
import type { HostedRequest } from './hosted-request.ts';
import { refusalOf } from './refusal.ts';

/**
 * Goes on with a sign-in: to the app client when everything is proven, else to the page of the next challenge.
 * @param username as it was typed at the start
 * @throws CognitoError of an authenticator app that cannot be set up
 */
export async function continueSignIn(
  request: HostedRequest,
  username: string,
  step: Step,
): Promise<Response> {
  if (step.kind === 'signed-in') return finishSignIn(request, step);
  const { name, session, parameters } = step;
  if (session === undefined) throw new Error(`The hosted pages cannot ask ${name}.`);
  const destination = parameters.CODE_DELIVERY_DESTINATION;
  passOn(request, {
    username,
    challenge: { name, session: setsUpApp(step) ? withSecret(request, session) : session },
    ...(destination !== undefined && { destination }),
  });
  return goToPage(request, 'challenge');
}

/**
 * Goes on with somebody who has just proven who they are by what stands for a first factor, such as the confirmation of
 * a registration: a pool that wants a second factor wants it of them too.
 * @param methods the first factor that this browser gave before; empty where it is not known
 */
export async function continueAfterFirstFactor(
  request: HostedRequest,
  username: string,
  user: User,
  methods: AuthenticationMethod[],
): Promise<Response> {
  const progress: Progress = { username, tokenSource: 'TokenGeneration_Authentication', methods };
  const outcome = await refusalOf(async () =>
    continueSignIn(request, username, await afterFirstFactor(hostedAttempt(request), user, progress)),
  );
  return 'refusal' in outcome ? beginAgain(request, username, outcome.refusal.message) : outcome.value;
}

function setsUpApp({ name, parameters }: Exclude<Step, { kind: 'signed-in' }>): boolean {
  return name === 'MFA_SETUP' && (parameters.MFAS_CAN_SETUP ?? '').includes('"SOFTWARE_TOKEN_MFA"');
}

/** Before the page is shown, so that showing it twice shows the same secret. */
function withSecret(request: HostedRequest, session: string): string {
  return associateDuringSignIn(request.ui.pool, session, hostedAttempt(request).ip).session;
}
