import { html } from 'hono/html';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { ceremony } from './passkey-view.ts';

export interface AddPasskeyView {
  brand: string;
  username: string;
  /** This page, with its query. */
  address: string;
  /** The value of the hidden field `_csrf`. */
  requestToken: string;
  /** Where the person goes on, with a new passkey or without. */
  redirectUri: string;
  /** PublicKeyCredentialCreationOptionsJSON. */
  options: string;
}

/** Offers somebody who is signed in to make a passkey. */
export function addPasskeyView({
  brand,
  username,
  address,
  requestToken,
  redirectUri,
  options,
}: AddPasskeyView): Html {
  return layout({
    title: 'Add a passkey',
    brand,
    body: html`<h1>Add a passkey</h1>
<p class="lead">Sign in as <strong>${username}</strong> with your fingerprint, face or screen lock instead of a password.</p>
${ceremony(
  { name: 'create', options, button: 'Add a passkey' },
  (inputs) => html`<form method="post" action="${address}">
<input type="hidden" name="_csrf" value="${requestToken}">
${inputs}
</form>`,
)}
<p class="after"><a href="${redirectUri}">Not now</a></p>`,
  });
}
