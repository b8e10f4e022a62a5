import { html } from 'hono/html';
import { attributeField } from './attribute-field.ts';
import { type ChallengeView, challengeForm, challengeLayout } from './challenge-view.ts';
import { field } from './field.ts';
import type { Html } from './html.ts';

export interface NewPasswordView extends ChallengeView {
  /** Attributes that are missing, in order, with what was typed so far. */
  attributes: { name: string; value: string }[];
  passwordHint: string;
  /** Whether the page's error is about the password. */
  isPasswordWrong: boolean;
}

/** A password of the person's own in the place of a temporary one. */
export function newPasswordView(view: NewPasswordView): Html {
  const { username, attributes, passwordHint, isPasswordWrong } = view;
  // Hidden from the eye, yet a real text input: password managers file the new password under it.
  const inputs = html`<input hidden type="text" name="username" autocomplete="username" value="${username}">
${field({
  name: 'password',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  hint: passwordHint,
  invalid: isPasswordWrong,
  autofocus: true,
})}
${attributes.map(({ name, value }) => field(attributeField(name, value)))}
<button type="submit">Continue</button>`;
  return challengeLayout(view, {
    title: 'Choose a new password',
    lead: html`<p class="lead">Your password was a temporary one. Choose one that only you know.</p>`,
    body: challengeForm(view, inputs),
  });
}
