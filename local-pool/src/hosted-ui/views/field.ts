import { html, raw } from 'hono/html';
import type { Html } from './html.ts';

export interface Field {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password' | 'tel' | 'date' | 'url';
  /** An HTML autofill field name, for example `current-password`. */
  autocomplete: string;
  value?: string;
  hint?: string;
  /** True when the page's error is about this field. */
  invalid?: boolean;
  autofocus?: boolean;
  /** Six digits from a message: wide type and a number pad. */
  code?: boolean;
  optional?: boolean;
}

/** The id of the page's error note: fields that caused it point to it with `aria-describedby`. */
export const errorNoteId = 'error';

function attribute(name: string, value: string | undefined): Html | string {
  return value === undefined ? '' : html` ${raw(name)}="${value}"`;
}

/** A labelled input. Its value is never shown for a password, whatever the caller passes. */
export function field(input: Field): Html {
  const id = input.name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replace(/-$/, '');
  const type = input.type ?? 'text';
  const hintId = input.hint === undefined ? undefined : `${id}-hint`;
  const describedBy = [input.invalid ? errorNoteId : undefined, hintId]
    .filter((part) => part !== undefined)
    .join(' ');
  const plainTyping = type === 'text' || type === 'email';
  return html`<div class="field">
<label for="${id}">${input.label}</label>
<input id="${id}" name="${input.name}" type="${type}" autocomplete="${input.autocomplete}"${[
    attribute('value', type === 'password' ? undefined : input.value),
    attribute('aria-describedby', describedBy === '' ? undefined : describedBy),
    attribute('aria-invalid', input.invalid ? 'true' : undefined),
    attribute('class', input.code ? 'code' : undefined),
    attribute('inputmode', input.code ? 'numeric' : undefined),
    attribute('autocapitalize', plainTyping ? 'none' : undefined),
    attribute('spellcheck', plainTyping ? 'false' : undefined),
    raw(input.optional ? '' : ' required'),
    raw(input.autofocus ? ' autofocus' : ''),
  ]}>${input.hint === undefined ? '' : html`<p class="hint" id="${hintId ?? ''}">${input.hint}</p>`}
</div>`;
}
