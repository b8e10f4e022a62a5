import { html } from 'hono/html';
import { type ChallengeView, challengeForm, challengeLayout } from './challenge-view.ts';
import type { Html } from './html.ts';

export interface Choice {
  /** What the challenge takes for an answer. */
  answer: string;
  label: string;
}

export interface ChoiceView extends ChallengeView {
  title: string;
  lead: string;
  choices: Choice[];
}

/** Lets the person choose among factors. */
export function choiceView(view: ChoiceView): Html {
  return challengeLayout(view, {
    title: view.title,
    lead: html`<p class="lead">${view.lead}</p>`,
    body: choiceList(view, view.choices),
  });
}

/** A button for each choice. */
export function choiceList(view: ChallengeView, choices: Choice[]): Html {
  const button = ({ answer, label }: Choice) => html`<input type="hidden" name="answer" value="${answer}">
<button class="other" type="submit">${label}</button>`;
  return html`<ul class="elsewhere">
${choices.map((choice) => html`<li>${challengeForm(view, button(choice))}</li>`)}
</ul>`;
}
