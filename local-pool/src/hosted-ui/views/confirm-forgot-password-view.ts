import { html } from 'hono/html';
import { codeLead } from './code-lead.ts';
import { field } from './field.ts';
import type { HostedPage } from './hosted-page.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { errorNote } from './note.ts';
import { postForm } from './post-form.ts';

export interface ConfirmForgotPasswordView {
  page: HostedPage;
  /** Known after the page before; asked for otherwise. */
  username?: string | undefined;
  destination?: string | undefined;
  passwordHint: string;
  error?: string | undefined;
  invalidField?: 'code' | 'password' | undefined;
}

/** Code and new password. */
export function confirmForgotPasswordView(view: ConfirmForgotPasswordView): Html {
  const { page, username, error, invalidField } = view;
  const known = username !== undefined && username !== '';
  const account = known
    ? // Hidden from the eye, yet a real text input: password managers file the new password under it.
      html`<input hidden type="text" name="username" autocomplete="username" value="${username}">`
    : field({
        name: 'username',
        label: page.accountField.label,
        autocomplete: 'username',
        invalid: error !== undefined && invalidField === undefined,
        autofocus: true,
      });
  const inputs = html`${account}
${field({
  name: 'code',
  label: 'Code',
  autocomplete: 'one-time-code',
  code: true,
  invalid: invalidField === 'code',
  autofocus: known && invalidField !== 'password',
})}
${field({
  name: 'password',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  hint: view.passwordHint,
  invalid: invalidField === 'password',
  autofocus: known && invalidField === 'password',
})}
<button type="submit">Change password</button>`;
  return layout({
    title: 'Choose a new password',
    brand: page.brand,
    failed: error !== undefined,
    body: html`<h1>Choose a new password</h1>
${codeLead(view.destination)}
${errorNote(error)}
${postForm(page, 'confirmForgotPassword', inputs)}
<p class="after">No code? <a href="${page.link('forgotPassword')}">Ask for another</a></p>`,
  });
}
