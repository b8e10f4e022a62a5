import { html, raw } from 'hono/html';
import { stylesheet } from '../stylesheet.ts';
import { awning } from './awning.ts';
import type { Html } from './html.ts';

export interface Layout {
  /** What the page is for, in two or three words; also the start of the document title. */
  title: string;
  /** Whose page this is: the app client's name, or the local pool's own. */
  brand: string;
  /** True when the page reports a mistake: the title then says so first, for people who hear pages rather than see them. */
  failed?: boolean;
  wide?: boolean;
  body: Html;
}

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%230f766e' d='M2 2h12l2 7a2 2 0 0 1-4 0 2 2 0 0 1-4 0 2 2 0 0 1-4 0 2 2 0 0 1-4 0z'/%3E%3C/svg%3E";

/** The frame of every hosted page: one card, the brand above it, and a footer that says plainly what this server is. */
export function layout(page: Layout): Html {
  const title = `${page.failed ? 'Error: ' : ''}${page.title} · ${page.brand}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${raw(icon)}">
<style>${raw(stylesheet)}</style>
</head>
<body>
<main${page.wide ? raw(' class="wide"') : ''}>
<div class="card">
<p class="brand">${awning()}<span>${page.brand}</span></p>
${page.body}
</div>
</main>
<footer>Local user pool, for development and tests. Sent codes arrive in the <a href="/inbox">inbox</a>.</footer>
</body>
</html>`;
}
