import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Cabana's mark: a striped awning on two poles. Decoration only, so it is hidden from assistive technology. */
export function awning(): Html {
  return html`<svg viewBox="0 0 36 36" aria-hidden="true" focusable="false">
<path class="pole" d="M6.5 16v17M29.5 16v17" stroke-width="2" stroke-linecap="round" fill="none"/>
<path class="stripe-gap" d="M5 4h26l4 13v2.5a3.4 3.4 0 0 1-6.8 0 3.4 3.4 0 0 1-6.8 0 3.4 3.4 0 0 1-6.8 0 3.4 3.4 0 0 1-6.8 0 3.4 3.4 0 0 1-6.8 0V17z"/>
<path class="stripe" d="M5 4h5.2L7.8 17v2.5a3.4 3.4 0 0 1-6.8 0V17zM15.4 4h5.2l.8 13v2.5a3.4 3.4 0 0 1-6.8 0V17zM25.8 4H31l4 13v2.5a3.4 3.4 0 0 1-6.8 0V17z"/>
</svg>`;
}
