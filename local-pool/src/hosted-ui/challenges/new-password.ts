import { missingAttributes } from '../../authentication/challenges/new-password-required.ts';
import { passwordHint } from '../password-hint.ts';
import { attributeFieldName } from '../views/attribute-field.ts';
import { newPasswordView } from '../views/new-password-view.ts';
import { type AskedChallenge, type ChallengePage, judge } from './challenge-page-type.ts';

/** NEW_PASSWORD_REQUIRED: a password in the place of a temporary one, and required attributes that are missing. */
export const newPasswordPage: ChallengePage = {
  show: (asked) =>
    newPasswordView({
      ...asked.view,
      attributes: missing(asked).map((name) => ({ name, value: typed(asked, name) })),
      isPasswordWrong: asked.refusal !== undefined && /password/i.test(asked.refusal.message),
      passwordHint: passwordHint(asked.attempt.userPool.passwordPolicy),
    }),
  answer: (asked) =>
    judge(asked, {
      NEW_PASSWORD: asked.form.get('password') ?? '',
      ...Object.fromEntries(missing(asked).map((name) => [`userAttributes.${name}`, typed(asked, name)])),
    }),
};

function missing({ attempt, open }: AskedChallenge): string[] {
  return open.user ? missingAttributes(attempt.userPool, open.user) : [];
}

function typed({ form }: AskedChallenge, attribute: string): string {
  return form.get(attributeFieldName(attribute))?.trim() ?? '';
}
