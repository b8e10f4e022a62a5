import { html } from 'hono/html';
import { type ChallengeView, challengeForm, challengeLayout } from './challenge-view.ts';
import { codeLead } from './code-lead.ts';
import { type Field, field } from './field.ts';
import type { Html } from './html.ts';

export interface CodeView extends ChallengeView {
  title: string;
  /** The masked address that a code was sent to. */
  destination?: string | undefined;
  /** What to say where none was sent. */
  lead?: string | undefined;
}

/** Asks for a code, from a message or an authenticator app. */
export function codeView(view: CodeView): Html {
  const { title, destination, lead, error } = view;
  const inputs = html`${codeField({ invalid: error !== undefined, autofocus: true })}
<button type="submit">Continue</button>`;
  return challengeLayout(view, {
    title,
    lead: lead === undefined ? codeLead(destination) : html`<p class="lead">${lead}</p>`,
    body: challengeForm(view, inputs),
  });
}

/** The field for a one-time code. */
export function codeField(state: Pick<Field, 'invalid' | 'autofocus'>): Html {
  return field({ ...state, name: 'code', label: 'Code', autocomplete: 'one-time-code', code: true });
}
