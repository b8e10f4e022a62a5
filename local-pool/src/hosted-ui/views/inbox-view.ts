import { html, raw } from 'hono/html';
import { field } from './field.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';

export interface InboxMessage {
  userPoolName: string;
  destination: string;
  subject: string;
  body: string;
  /** Absent in a message that carries a link. */
  code?: string | undefined;
  /** ISO 8601, UTC. */
  sentAt: string;
}

export interface InboxView {
  messages: InboxMessage[];
  userPools: { id: string; name: string }[];
  filter: { userPoolId?: string | undefined; username?: string | undefined };
  /** This page with the same filter. */
  href: string;
}

/** Every code the local pool sent, newest first: it delivers to this page rather than to a mailbox. */
export function inboxView({ messages, userPools, filter, href }: InboxView): Html {
  const filtered = filter.userPoolId !== undefined || filter.username !== undefined;
  return layout({
    title: 'Inbox',
    brand: 'Local user pool',
    wide: true,
    body: html`<h1>Inbox</h1>
<p class="lead">Codes that this server sent, newest first. Nothing leaves this machine. <a href="${href}">Reload</a></p>
<form class="filter" method="get" action="/inbox">
${userPools.length > 1 ? userPoolSelect(userPools, filter.userPoolId) : ''}
${field({ name: 'username', label: 'User', autocomplete: 'off', value: filter.username ?? '', optional: true })}
<button type="submit">Filter</button>
</form>
${messages.length === 0 ? emptyInbox(filtered) : html`<ul class="messages">${messages.map(message)}</ul>`}`,
  });
}

function userPoolSelect(userPools: InboxView['userPools'], chosen: string | undefined): Html {
  const options = userPools.map(
    ({ id, name }) =>
      html`<option value="${id}"${raw(id === chosen ? ' selected' : '')}>${name} (${id})</option>`,
  );
  return html`<div class="field"><label for="userPoolId">User pool</label>
<select id="userPoolId" name="userPoolId"><option value="">All</option>${options}</select></div>`;
}

function message({ userPoolName, destination, subject, body, code, sentAt }: InboxMessage): Html {
  return html`<li><div>
<h2>${subject}</h2>
<p>${destination}</p>
<p class="sent">${userPoolName}, <time datetime="${sentAt}">${sentAt.slice(0, 19).replace('T', ' ')} UTC</time></p>
</div>${code === undefined ? html`<p>${body}</p>` : html`<p class="code">${code}</p>`}</li>`;
}

function emptyInbox(filtered: boolean): Html {
  return filtered
    ? html`<div class="empty"><p>No code matches. <a href="/inbox">Show all codes</a></p></div>`
    : html`<div class="empty"><p>No codes yet. Create an account or reset a password, and the code appears here.</p></div>`;
}
