import { html } from 'hono/html';
import type { IdpLink } from '../idp-links.ts';
import { type Field, field } from './field.ts';
import type { HostedPage } from './hosted-page.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { errorNote, successNote } from './note.ts';
import { postForm } from './post-form.ts';

export interface LoginView {
  page: HostedPage;
  username?: string | undefined;
  error?: string | undefined;
  /** Why an earlier sign-in must begin again: about none of these fields. */
  problem?: string | undefined;
  notice?: string | undefined;
  /** False where only administrators create users. */
  offersSignUp: boolean;
  /** False where the app client lets nobody in but through other identity providers. */
  offersPassword?: boolean;
  /** False where people say who they are first and choose on the next page how to prove it. */
  asksPassword?: boolean;
  idpLinks?: IdpLink[];
}

/** The sign-in page. After a mistake it keeps the user name, never the password. */
export function loginView({
  page,
  username,
  error,
  problem,
  notice,
  offersSignUp,
  offersPassword = true,
  asksPassword = true,
  idpLinks = [],
}: LoginView): Html {
  const invalid = error !== undefined;
  const knowsUsername = username !== undefined && username !== '';
  const inputs = html`${field({
    name: 'username',
    label: page.accountField.label,
    // Not type=email: pools whose users sign in by email take their `sub` here just as well.
    autocomplete: 'username',
    value: username ?? '',
    invalid,
    autofocus: !knowsUsername || !asksPassword,
  })}
${asksPassword ? passwordField({ invalid, autofocus: knowsUsername }) : ''}
<button type="submit">${asksPassword ? 'Sign in' : 'Next'}</button>`;
  return layout({
    title: 'Sign in',
    brand: page.brand,
    failed: invalid || problem !== undefined,
    body: html`<h1>Sign in</h1>
<p class="lead">to continue to <strong>${page.clientName}</strong></p>
${errorNote(error ?? problem)}${successNote(notice)}
${offersPassword ? html`${postForm(page, 'login', inputs)}` : ''}${elsewhere(idpLinks, offersPassword)}
${offersPassword ? html`<p class="after"><a href="${page.link('forgotPassword')}">Forgot your password?</a></p>` : ''}
${offersPassword && offersSignUp ? html`<p class="after">New here? <a href="${page.link('signup')}">Create an account</a></p>` : ''}`,
  });
}

/** The field for the password that somebody has. */
export function passwordField(state: Pick<Field, 'invalid' | 'autofocus'>): Html {
  return field({
    ...state,
    name: 'password',
    label: 'Password',
    type: 'password',
    autocomplete: 'current-password',
  });
}

function elsewhere(links: IdpLink[], isAlternative: boolean): Html | string {
  if (links.length === 0) return '';
  return html`${isAlternative ? html`<p class="or">or</p>` : ''}
<ul class="elsewhere" aria-label="Other ways to sign in">
${links.map(({ label, href }) => html`<li><a class="button other" href="${href}">${label}</a></li>`)}
</ul>`;
}
