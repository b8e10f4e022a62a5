import { html } from 'hono/html';
import { errorNoteId } from './field.ts';
import type { Html } from './html.ts';

/** What went wrong with the form just sent. `role=alert` has it read out at once. */
export function errorNote(message: string | undefined): Html | string {
  return message === undefined
    ? ''
    : html`<p class="note bad" role="alert" id="${errorNoteId}">${message}</p>`;
}

/** Good news about the step before, for example that a password was changed. */
export function successNote(message: string | undefined): Html | string {
  return message === undefined ? '' : html`<p class="note good" role="status">${message}</p>`;
}
