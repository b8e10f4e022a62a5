import { html } from 'hono/html';
import type { Html } from './html.ts';

/** One thing of a list: its name, and what there is to know about it. Facts without a value are left out. */
export interface Record {
  name: string;
  href?: string | undefined;
  facts: [name: string, value: string | Html | undefined][];
}

/** A titled list of things. @param empty what to say where there is none */
export function records(title: string, list: Record[], empty: string | Html, note?: string): Html {
  return html`<section><h2>${title}</h2>${note === undefined ? '' : html`<p class="hint">${note}</p>`}
${list.length === 0 ? html`<p class="none">${empty}</p>` : html`<ul class="records">${list.map(record)}</ul>`}</section>`;
}

function record({ name, href, facts }: Record): Html {
  return html`<li><h3>${href === undefined ? name : html`<a href="${href}">${name}</a>`}</h3>${factList(facts)}</li>`;
}

/** Facts in one flow of name and value. */
export function factList(facts: Record['facts']): Html {
  const known = facts.filter(([, value]) => value !== undefined && value !== '');
  return html`<dl class="facts">${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** @param at milliseconds since the epoch */
export function moment(at: number): Html {
  const text = new Date(at).toISOString();
  return html`<time datetime="${text}">${text.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
