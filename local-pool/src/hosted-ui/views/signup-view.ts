import { html } from 'hono/html';
import { attributeField } from './attribute-field.ts';
import { field } from './field.ts';
import type { HostedPage } from './hosted-page.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { errorNote } from './note.ts';
import { postForm } from './post-form.ts';

export interface SignUpView {
  page: HostedPage;
  username?: string | undefined;
  /** The attributes asked for, in order, with what was typed so far. */
  attributes: { name: string; value?: string | undefined }[];
  /** The password rules of the pool in one sentence. */
  passwordHint: string;
  error?: string | undefined;
  /** The name of the field that the error is about, when it is about one. */
  invalidField?: string | undefined;
}

/** The self-registration page. */
export function signUpView({
  page,
  username,
  attributes,
  passwordHint,
  error,
  invalidField,
}: SignUpView): Html {
  const inputs = html`${field({
    name: 'username',
    label: page.accountField.label,
    type: page.accountField.type,
    autocomplete: 'username',
    value: username ?? '',
    invalid: invalidField === 'username',
    autofocus: invalidField === undefined || invalidField === 'username',
  })}
${attributes.map(({ name, value }) => {
  const input = attributeField(name, value);
  return field({ ...input, invalid: invalidField === input.name, autofocus: invalidField === input.name });
})}
${field({
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'new-password',
  hint: passwordHint,
  invalid: invalidField === 'password',
  autofocus: invalidField === 'password',
})}
<button type="submit">Create account</button>`;
  return layout({
    title: 'Create an account',
    brand: page.brand,
    failed: error !== undefined,
    body: html`<h1>Create an account</h1>
<p class="lead">to continue to <strong>${page.clientName}</strong></p>
${errorNote(error)}
${postForm(page, 'signup', inputs)}
<p class="after">Have an account? <a href="${page.link('login')}">Sign in</a></p>`,
  });
}
