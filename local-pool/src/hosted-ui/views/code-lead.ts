import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Where the code went: the masked address when one is known, and no claim about an address when none is. */
export function codeLead(destination: string | undefined): Html {
  return destination === undefined
    ? html`<p class="lead">Enter the code we sent you. It is in the <a href="/inbox">inbox</a>.</p>`
    : html`<p class="lead">Enter the code we sent to <strong>${destination}</strong>. It is in the <a href="/inbox">inbox</a>.</p>`;
}
