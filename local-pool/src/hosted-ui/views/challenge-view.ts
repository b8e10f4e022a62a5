import { html } from 'hono/html';
import type { HostedPage } from './hosted-page.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import { errorNote } from './note.ts';
import { postForm } from './post-form.ts';

/** What the page of every challenge shows. */
export interface ChallengeView {
  page: HostedPage;
  /** As it was typed at the start. */
  username: string;
  /** The value of the hidden field `_challenge`: which challenge of which sign-in this form answers. */
  sealed: string;
  error?: string | undefined;
}

/** A form that answers the challenge. */
export function challengeForm({ page, sealed }: ChallengeView, inputs: Html): Html {
  return postForm(
    page,
    'challenge',
    html`<input type="hidden" name="_challenge" value="${sealed}">
${inputs}`,
  );
}

/** The page of a challenge. @param body what stands below the title, forms included */
export function challengeLayout(
  { page, username, error }: ChallengeView,
  { title, lead, body }: { title: string; lead: Html; body: Html },
): Html {
  return layout({
    title,
    brand: page.brand,
    failed: error !== undefined,
    body: html`<h1>${title}</h1>
${lead}
${errorNote(error)}
${body}
<p class="after">Signing in as <strong>${username}</strong>. <a href="${page.link('login')}">Start again</a></p>`,
  });
}
