import { html, raw } from 'hono/html';
import { passkeyScript } from '../passkey-script.ts';
import { type ChallengeView, challengeForm, challengeLayout } from './challenge-view.ts';
import type { Html } from './html.ts';

export interface PasskeyView extends ChallengeView {
  /** PublicKeyCredentialRequestOptionsJSON. */
  options: string;
}

/** Asks for a passkey, which only a script can ask a browser for. */
export function passkeyView(view: PasskeyView): Html {
  return challengeLayout(view, {
    title: 'Use your passkey',
    lead: html`<p class="lead">Your browser or device asks you for it.</p>`,
    body: ceremony({ name: 'get', options: view.options, button: 'Try again' }, (inputs) =>
      challengeForm(view, inputs),
    ),
  });
}

/** A form that a script fills in and sends; without scripts the page says what is missing. */
export function ceremony(
  { name, options, button }: { name: 'create' | 'get'; options: string; button: string },
  form: (inputs: Html) => Html,
): Html {
  return html`<div id="passkey" data-ceremony="${name}" data-options="${options}">
<p class="note bad" role="alert" hidden></p>
<noscript><p class="note bad">Passkeys need JavaScript, which is off in this browser.</p></noscript>
${form(html`<input type="hidden" name="credential" value="">
<button type="submit" hidden>${button}</button>`)}
</div>
<script>${raw(passkeyScript)}</script>`;
}
