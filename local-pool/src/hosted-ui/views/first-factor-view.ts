import { html } from 'hono/html';
import { type ChallengeView, challengeForm, challengeLayout } from './challenge-view.ts';
import { type Choice, choiceList } from './choice-view.ts';
import type { Html } from './html.ts';
import { passwordField } from './login-view.ts';

export interface FirstFactorView extends ChallengeView {
  asksPassword: boolean;
  choices: Choice[];
}

/** The password, and what may stand in its place. */
export function firstFactorView(view: FirstFactorView): Html {
  const { page, username, asksPassword, choices, error } = view;
  const inputs = html`<input type="hidden" name="answer" value="PASSWORD">
<input hidden type="text" name="username" autocomplete="username" value="${username}">
${passwordField({ invalid: error !== undefined, autofocus: true })}
<button type="submit">Sign in</button>`;
  return challengeLayout(view, {
    title: 'Sign in',
    lead: html`<p class="lead">to continue to <strong>${page.clientName}</strong></p>`,
    body: html`${asksPassword ? challengeForm(view, inputs) : ''}
${asksPassword && choices.length > 0 ? html`<p class="or">or</p>` : ''}
${choices.length > 0 ? choiceList(view, choices) : ''}
${asksPassword ? html`<p class="after"><a href="${page.link('forgotPassword')}">Forgot your password?</a></p>` : ''}`,
  });
}
