import type { ChallengeName } from '../authentication/attempt.ts';
import { isWornOut, type OpenChallenge, resume } from '../authentication/open-challenge.ts';
import { CognitoError } from '../errors.ts';
import type { AuthenticationMethod } from '../model/authentication-methods.ts';
import { beginAgain } from './begin-again.ts';
import { explainRefusal, SESSION_IS_OVER, TOO_MANY_TRIES, WRONG_CODE } from './challenge-refusal.ts';
import type { AskedChallenge, ChallengePage } from './challenges/challenge-page-type.ts';
import { CHALLENGE_PAGES } from './challenges/challenge-pages.ts';
import { continueSignIn } from './continue-sign-in.ts';
import { detour } from './detour.ts';
import { showPage } from './hosted-answers.ts';
import { hostedAttempt } from './hosted-attempt.ts';
import type { HostedRequest } from './hosted-request.ts';
import { openPageData, type PageData, pageDataLifetime, sealPageData } from './page-data.ts';

/** Milliseconds. The session of a challenge, which ends sooner, has its own sentence for whoever is late. */
export const challengeLifetime: number = pageDataLifetime * 1000;

/** `GET /challenge`: asks what the sign-in must have next. */
export async function showChallenge(request: HostedRequest): Promise<Response> {
  const found = request.pageData && findChallenge(request, request.pageData);
  if (!found) return beginAgain(request, request.pageData?.username ?? '', SESSION_IS_OVER);
  const { page, asked } = found;
  return showPage(request, await page.show(asked), false, page.scriptSource);
}

/** The first factors of an account that is not confirmed yet. A password is given with the choice of it. */
const PROVEN_BY: Partial<Record<ChallengeName, AuthenticationMethod[]>> = {
  SELECT_CHALLENGE: ['pwd'],
  EMAIL_OTP: ['email_otp'],
  SMS_OTP: ['sms'],
};

/**
 * `POST /challenge` with `_challenge` and what the challenge asks for. A wrong answer shows the page again as long as
 * the challenge is open, and leads back to the sign-in page after that.
 */
export async function submitChallenge(request: HostedRequest): Promise<Response> {
  const { ui, userPool, form } = request;
  // From the form and not from the cookie, so that another tab's sign-in is not answered here.
  const data = openPageData(ui.key, userPool.id, form.get('_challenge') ?? '', ui.pool.clock.now());
  const found = data && findChallenge(request, data);
  if (!found) return beginAgain(request, data?.username ?? '', SESSION_IS_OVER);
  try {
    return await continueSignIn(request, data.username, await found.page.answer(found.asked));
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    const provenBy = PROVEN_BY[found.asked.open.name] ?? [];
    return detour(request, data.username, error, provenBy) ?? showRefusal(request, data, error);
  }
}

async function showRefusal(request: HostedRequest, data: PageData, error: CognitoError): Promise<Response> {
  const explanation = explainRefusal(data.challenge?.name, error);
  const found = findChallenge(request, data, error);
  if (!found || isWornOut(found.asked.open))
    return beginAgain(request, data.username, explanation === WRONG_CODE ? TOO_MANY_TRIES : explanation);
  return showPage(request, await found.page.show(found.asked), true, found.page.scriptSource);
}

interface FoundChallenge {
  page: ChallengePage;
  asked: AskedChallenge;
}

/** The challenge that page data names, if it is still open. */
function findChallenge(
  request: HostedRequest,
  data: PageData,
  refusal?: CognitoError,
): FoundChallenge | undefined {
  const { ui, userPool, form, page } = request;
  const { username, destination, challenge } = data;
  const challengePage = challenge && CHALLENGE_PAGES[challenge.name];
  const attempt = hostedAttempt(request);
  const open = challenge && resumed(attempt, challenge);
  if (!challengePage || !open) return undefined;
  const error = refusal && explainRefusal(open.name, refusal);
  const sealed = sealPageData(ui.key, userPool.id, data, ui.pool.clock.now());
  return {
    page: challengePage,
    asked: { attempt, open, destination, form, refusal, view: { page, username, sealed, error } },
  };
}

function resumed(
  attempt: ReturnType<typeof hostedAttempt>,
  { name, session }: { name: ChallengeName; session: string },
): OpenChallenge | undefined {
  try {
    return resume(attempt, name, session);
  } catch (error) {
    if (error instanceof CognitoError) return undefined;
    throw error;
  }
}
