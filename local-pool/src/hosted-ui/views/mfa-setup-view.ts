import { html, raw } from 'hono/html';
import { renderSVG } from 'uqr';
import { type ChallengeView, challengeForm, challengeLayout } from './challenge-view.ts';
import { codeField } from './code-view.ts';
import { field } from './field.ts';
import type { Html } from './html.ts';

export interface MfaSetupView extends ChallengeView {
  /** What an authenticator app needs: the secret in base32, and the address that the QR code holds. */
  app?: { secret: string; address: string };
  /** The fields that were posted and refused; empty where the page is shown for the first time. */
  typed: Record<string, string>;
  asksEmail: boolean;
  asksPhone: boolean;
}

/** Has a second factor set up: an authenticator app, or an address that codes go to. */
export function mfaSetupView(view: MfaSetupView): Html {
  const { app, asksEmail, asksPhone } = view;
  const ways = [
    ...(app ? [appSetup(view, app)] : []),
    ...(asksEmail ? [emailSetup(view)] : []),
    ...(asksPhone ? [phoneSetup(view)] : []),
  ];
  return challengeLayout(view, {
    title: 'Set up a second step',
    lead: html`<p class="lead">${app ? 'Besides your password, you will sign in with a code from an authenticator app.' : 'Besides your password, you will sign in with a code that we send you.'}</p>`,
    body: html`${ways.map((way, index) => html`${index > 0 ? html`<p class="or">or</p>` : ''}${way}`)}`,
  });
}

function appSetup(view: MfaSetupView, { secret, address }: { secret: string; address: string }): Html {
  const invalid = view.typed.code !== undefined;
  // The browser scrolls to a field with the focus, and would leave the QR code above a small screen.
  const inputs = html`${codeField({ invalid, autofocus: invalid })}
<button type="submit">Continue</button>`;
  return html`<ol class="steps">
<li>Scan this code with the app.
<div class="qr" role="img" aria-label="QR code for the authenticator app">${raw(renderSVG(address, { ecc: 'M', border: 2 }))}</div></li>
<li>Or give the app this key: <code class="secret">${secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code></li>
<li>Enter the six digits that the app shows.</li>
</ol>
${challengeForm(view, inputs)}`;
}

function emailSetup(view: MfaSetupView): Html {
  const email = field({
    name: 'email',
    label: 'Email',
    type: 'email',
    autocomplete: 'email',
    value: view.typed.email ?? '',
    invalid: view.typed.email !== undefined,
  });
  return challengeForm(
    view,
    html`${email}<button${raw(view.app ? ' class="other"' : '')} type="submit">Email me a code</button>`,
  );
}

function phoneSetup(view: MfaSetupView): Html {
  const phone = field({
    name: 'phone_number',
    label: 'Phone number',
    type: 'tel',
    autocomplete: 'tel',
    value: view.typed.phone_number ?? '',
    invalid: view.typed.phone_number !== undefined,
    hint: 'With country code, for example +12065550100',
  });
  return challengeForm(
    view,
    html`${phone}<button${raw(view.app ? ' class="other"' : '')} type="submit">Text me a code</button>`,
  );
}
