import { html } from 'hono/html';
import type { Html } from './html.ts';
import { layout } from './layout.ts';

/** What the person sees who followed the link in a message. */
export function confirmedView(brand: string, clientName: string): Html {
  return layout({
    title: 'Account confirmed',
    brand,
    body: html`<h1>Account confirmed</h1>
<p class="lead">Go back to <strong>${clientName}</strong> and sign in.</p>`,
  });
}
