import { invalidSession } from '../../authentication/refusals.ts';
import { passkeyRequestOptions } from '../../authentication/web-authn.ts';
import { passkeyScriptSource } from '../passkey-script.ts';
import { passkeyView } from '../views/passkey-view.ts';
import { type ChallengePage, judge } from './challenge-page-type.ts';

/** WEB_AUTHN: the signature of a passkey, which a script asks the browser for. */
export const passkeyPage: ChallengePage = {
  scriptSource: passkeyScriptSource,
  async show({ view, attempt, open }) {
    if (!open.user) throw invalidSession();
    const options = await passkeyRequestOptions(attempt, open.user, String(open.state.challenge));
    return passkeyView({ ...view, options: JSON.stringify(options) });
  },
  answer: (asked) => judge(asked, { CREDENTIAL: asked.form.get('credential') ?? '' }),
};
