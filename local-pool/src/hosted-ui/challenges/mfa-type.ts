import type { ChallengedFactor } from '../../model/mfa-decision.ts';
import { choiceView } from '../views/choice-view.ts';
import { type ChallengePage, judge } from './challenge-page-type.ts';

const LABELS: Record<ChallengedFactor, string> = {
  SOFTWARE_TOKEN_MFA: 'Use my authenticator app',
  EMAIL_OTP: 'Email me a code',
  SMS_MFA: 'Text me a code',
};

/** SELECT_MFA_TYPE: which second factor. */
export const mfaTypePage: ChallengePage = {
  show: ({ view, open }) =>
    choiceView({
      ...view,
      title: 'Prove that it is you',
      lead: 'Choose how to go on.',
      choices: (open.state.factors as ChallengedFactor[]).map((answer) => ({
        answer,
        label: LABELS[answer],
      })),
    }),
  answer: (asked) => judge(asked, { ANSWER: asked.form.get('answer') ?? '' }),
};
