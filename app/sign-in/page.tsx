import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AwningMark } from '#components/awning-mark.tsx';
import { SignInForm } from '#components/sign-in-form.tsx';
import { SignInProblem } from '#components/sign-in-problem.tsx';
import { getPrincipal } from '#lib/access/guards.ts';
import { isErrorCode } from '#lib/errors.ts';
import { returnPath } from '#lib/http/return-to.ts';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

const reasons = {
  recent: {
    heading: 'Sign in once more',
    text: 'The page you asked for wants a recent sign-in. You are still signed in; entering your password again opens it.',
  },
  mfa: {
    heading: 'Sign in with a second factor',
    text: 'The page you asked for wants a sign-in with a second factor, such as a code from an authenticator app. If your account has none yet, set one up first; until then the page stays closed.',
  },
  ended: {
    heading: 'Your session has ended',
    text: 'It ran out, or was ended from somewhere else. Sign in and you go on where you were.',
  },
} as const;

const isReason = (value: unknown): value is keyof typeof reasons =>
  typeof value === 'string' && Object.hasOwn(reasons, value);

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const returnTo = returnPath(query.returnTo);
  const reason = isReason(query.reason) ? query.reason : undefined;
  const error = isErrorCode(query.error) ? query.error : undefined;
  // Going back to a finished sign-in is no failure for somebody whom it has signed in.
  const nothingToDo = !reason && (!error || error === 'sign_in_expired');
  if (nothingToDo && (await getPrincipal())) redirect(returnTo);

  return (
    <div className="card mx-auto my-2 max-w-md sm:my-8 sm:p-10">
      <AwningMark className="size-14" />
      <h1 className="mt-5 text-3xl font-semibold tracking-tight text-balance">
        {reason ? reasons[reason].heading : 'Sign in'}
      </h1>
      {error && <SignInProblem code={error} />}
      <p className="mt-4 leading-relaxed text-quiet">
        {reason
          ? reasons[reason].text
          : 'Your password goes to the user pool, and never to this application.'}
      </p>
      <div className="mt-7">
        <SignInForm
          returnTo={returnTo}
          askAgain={reason === 'recent' || reason === 'mfa'}
          className="w-full"
        />
      </div>
    </div>
  );
}
