import { html } from 'hono/html';
import { field } from './field.ts';
import type { HostedPage } from './hosted-page.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { errorNote, successNote } from './note.ts';
import { postForm } from './post-form.ts';

export interface ForgotPasswordView {
  page: HostedPage;
  username?: string | undefined;
  error?: string | undefined;
  notice?: string | undefined;
}

/** Asks for whom to send a reset code. */
export function forgotPasswordView({ page, username, error, notice }: ForgotPasswordView): Html {
  const inputs = html`${field({
    name: 'username',
    label: page.accountField.label,
    autocomplete: 'username',
    value: username ?? '',
    invalid: error !== undefined,
    autofocus: true,
  })}
<button type="submit">Send code</button>`;
  return layout({
    title: 'Reset your password',
    brand: page.brand,
    failed: error !== undefined,
    body: html`<h1>Reset your password</h1>
<p class="lead">We send a code to the address on record. With it you choose a new password.</p>
${errorNote(error)}${successNote(notice)}
${postForm(page, 'forgotPassword', inputs)}
<p class="after"><a href="${page.link('login')}">Back to sign in</a></p>`,
  });
}
