import { availableFirstFactors, type FirstChallenge } from '../../authentication/first-factor.ts';
import { requireParameter } from '../../authentication/refusals.ts';
import { firstFactorView } from '../views/first-factor-view.ts';
import { type ChallengePage, judge } from './challenge-page-type.ts';

const LABELS: Partial<Record<FirstChallenge, string>> = {
  WEB_AUTHN: 'Sign in with a passkey',
  EMAIL_OTP: 'Email me a code',
  SMS_OTP: 'Text me a code',
};

/** SELECT_CHALLENGE: the password, or what stands in its place. */
export const firstFactorPage: ChallengePage = {
  show({ view, attempt, open }) {
    const available = availableFirstFactors(attempt, open.user);
    return firstFactorView({
      ...view,
      asksPassword: available.includes('PASSWORD'),
      choices: available.flatMap((answer) => {
        const label = LABELS[answer];
        return label === undefined ? [] : [{ answer, label }];
      }),
    });
  },
  async answer(asked) {
    const ANSWER = asked.form.get('answer') ?? '';
    if (ANSWER !== 'PASSWORD') return judge(asked, { ANSWER });
    const PASSWORD = requireParameter({ password: asked.form.get('password') ?? '' }, 'password');
    return judge(asked, { ANSWER, PASSWORD });
  },
};
