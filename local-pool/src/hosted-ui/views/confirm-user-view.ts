import { html } from 'hono/html';
import { codeLead } from './code-lead.ts';
import { field } from './field.ts';
import type { HostedPage } from './hosted-page.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { errorNote, successNote } from './note.ts';
import { postForm } from './post-form.ts';

export interface ConfirmUserView {
  page: HostedPage;
  /** Known after sign-up or sign-in; asked for otherwise. */
  username?: string | undefined;
  destination?: string | undefined;
  error?: string | undefined;
  notice?: string | undefined;
}

/** Code entry after sign-up, with a second form that asks for another code. */
export function confirmUserView({ page, username, destination, error, notice }: ConfirmUserView): Html {
  const known = username !== undefined && username !== '';
  const account = known
    ? html`<input type="hidden" name="username" value="${username}">`
    : field({
        name: 'username',
        label: page.accountField.label,
        autocomplete: 'username',
        invalid: error !== undefined,
        autofocus: true,
      });
  const inputs = html`${account}
${field({
  name: 'code',
  label: 'Confirmation code',
  autocomplete: 'one-time-code',
  code: true,
  invalid: error !== undefined,
  autofocus: known,
})}
<button type="submit">Confirm account</button>`;
  const another = html`${known ? html`<input type="hidden" name="username" value="${username}">` : ''}<button class="plain" type="submit">Send another</button>`;
  return layout({
    title: 'Confirm your account',
    brand: page.brand,
    failed: error !== undefined,
    body: html`<h1>Confirm your account</h1>
${codeLead(destination)}
${errorNote(error)}${successNote(notice)}
${postForm(page, 'confirmUser', inputs)}
${known ? html`<div class="after">No code? ${postForm(page, 'resendcode', another)}</div>` : ''}
<p class="after"><a href="${page.link('login')}">Back to sign in</a></p>`,
  });
}
