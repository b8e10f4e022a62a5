import { html } from 'hono/html';
import type { Html } from './html.ts';
import { layout } from './layout.ts';

export interface ProblemView {
  brand: string;
  heading: string;
  /** What happened and what to do now. */
  message: string;
  /** Facts for whoever configures the app client, each shown as plain text. */
  details?: { name: string; value: string }[];
  /** Where to start again, when there is such a place. */
  restart?: { href: string; label: string } | undefined;
}

// A query can be kilobytes long; the page stays readable.
const longestDetail = 300;

/** A page for what cannot be answered by a redirect. */
export function problemView({ brand, heading, message, details = [], restart }: ProblemView): Html {
  const rows = details.map(
    ({ name, value }) =>
      html`<dt>${name}</dt><dd>${value.length > longestDetail ? `${value.slice(0, longestDetail)}…` : value}</dd>`,
  );
  return layout({
    title: heading,
    brand,
    failed: true,
    body: html`<h1>${heading}</h1>
<p class="lead">${message}</p>
${restart ? html`<a class="button" href="${restart.href}">${restart.label}</a>` : ''}
${rows.length === 0 ? '' : html`<dl>${rows}</dl>`}`,
  });
}
