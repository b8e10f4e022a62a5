import { type ErrorCode, publicText } from '#lib/errors.ts';

/** What a person can do about a sign-in that failed, for each way in which it does. */
const advice: Partial<Record<ErrorCode, { heading: string; next: string }>> = {
  sign_in_expired: {
    heading: 'Please start again',
    next: 'Going back to an earlier page of the sign-in does not work. If this happens every time, your browser may refuse the cookies of this site: allow them, and try again.',
  },
  sign_in_refused: {
    heading: 'The sign-in was not completed',
    next: 'If you stopped it yourself, start again whenever you like. If you did not, ask whoever looks after your user pool whether your account may sign in here.',
  },
  sign_in_misconfigured: {
    heading: 'Sign-in is not set up correctly',
    next: 'You cannot mend this yourself. Tell whoever runs this application; their log says what the user pool answered.',
  },
  user_pool_unavailable: {
    heading: 'The user pool does not answer',
    next: 'Nothing is wrong with your account. Wait a moment, then sign in again.',
  },
  database_unavailable: {
    heading: 'You could not be signed in just now',
    next: 'Nothing is lost, and nothing is wrong with your account. Wait a moment, then sign in again.',
  },
  tokens_rejected: {
    heading: 'The sign-in could not be verified',
    next: 'You were not signed in, to be safe. Try once more; if it happens again, tell whoever runs this application.',
  },
  session_too_large: {
    heading: 'Your account does not fit into a session',
    next: 'Signing in again will not help. Ask whoever looks after your user pool to give this application fewer groups or claims.',
  },
};

export function SignInProblem({ code }: { code: ErrorCode }) {
  const { heading, next } = advice[code] ?? { heading: 'That did not work', next: 'Please sign in again.' };
  return (
    <div role="alert" className="mt-5 rounded-xl border border-alert/40 bg-alert-tint p-4 leading-relaxed">
      <h2 className="font-semibold text-alert">{heading}</h2>
      <p className="mt-1">{publicText(code)}</p>
      <p className="mt-2">{next}</p>
    </div>
  );
}
