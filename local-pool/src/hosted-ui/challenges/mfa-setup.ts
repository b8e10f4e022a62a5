import { TOTP } from 'otpauth';
import type { MfaSetupState } from '../../authentication/challenges/mfa-setup.ts';
import { resume } from '../../authentication/open-challenge.ts';
import { verifyDuringSignIn } from '../../authentication/software-token-setup.ts';
import { mfaSetupView } from '../views/mfa-setup-view.ts';
import { type AskedChallenge, type ChallengePage, judge, typedCode } from './challenge-page-type.ts';

/** MFA_SETUP: an authenticator app by its QR code, or an address where the person has none yet. */
export const mfaSetupPage: ChallengePage = {
  show(asked) {
    const { factors, softwareTokenSecret: secret } = stateOf(asked);
    return mfaSetupView({
      ...asked.view,
      ...(secret !== undefined && { app: { secret, address: appAddress(asked, secret) } }),
      typed: Object.fromEntries(asked.form),
      asksEmail: factors.includes('EMAIL_OTP'),
      asksPhone: factors.includes('SMS_MFA'),
    });
  },
  answer(asked) {
    const { attempt, open, form } = asked;
    const [email, phone] = [form.get('email')?.trim(), form.get('phone_number')?.trim()];
    if (email) return judge(asked, { EMAIL: email });
    if (phone) return judge(asked, { PHONE_NUMBER: phone });
    const session = verifyDuringSignIn(attempt.pool, open.session, attempt.ip, { code: typedCode(asked) });
    return judge({ ...asked, open: resume(attempt, 'MFA_SETUP', session) }, {});
  },
};

function stateOf({ open }: AskedChallenge): MfaSetupState {
  return open.state as unknown as MfaSetupState;
}

/** What authenticator apps read from a QR code (Key URI Format: `otpauth://totp/…`). */
function appAddress({ attempt, view }: AskedChallenge, secret: string): string {
  return new TOTP({ issuer: attempt.userPool.name, label: view.username, secret }).toString();
}
