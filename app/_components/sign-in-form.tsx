import { returnPath } from '#lib/http/return-to.ts';

type Props = {
  returnTo?: string | undefined;
  /** Has the user pool ask for the password even when it still knows the browser. */
  askAgain?: boolean;
  className?: string;
};

/** Starts a sign-in. A form, because it sets cookies and must not be started by anything that follows links. */
export function SignInForm({ returnTo, askAgain = false, className = '' }: Props) {
  return (
    <form method="post" action="/api/auth/signin/cognito">
      <input type="hidden" name="returnTo" value={returnPath(returnTo)} />
      {askAgain && <input type="hidden" name="prompt" value="login" />}
      <button type="submit" className={`button-primary ${className}`}>
        Sign in
      </button>
    </form>
  );
}
