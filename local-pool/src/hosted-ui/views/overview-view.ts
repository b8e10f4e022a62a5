import { html, raw } from 'hono/html';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import type { OverviewClient, OverviewUser, OverviewUserPool, OverviewView } from './overview.ts';
import { factList, moment, type Record, records } from './records.ts';

/** The page at `/`: user pools, app clients, users, sessions, identity pools, and the newest messages. */
export function overviewView({ userPools, userPool, identityPools, mostShown }: OverviewView): Html {
  return layout({
    title: 'Local user pools',
    brand: 'Local user pool',
    wide: true,
    body: html`<h1>Local user pools</h1>
<p class="lead">What this server holds. Nothing can be changed here. <a href="/inbox">Inbox</a></p>
${userPools.length > 1 ? choice(userPools) : ''}
${userPool ? description(userPool, mostShown) : html`<p class="none">No user pool yet. Create one with CreateUserPool, or start with a template.</p>`}
${records(
  'Identity pools',
  identityPools.map(({ id, name, allowUnauthenticated }) => ({
    name,
    facts: [
      ['ID', code(id)],
      ['Guests', allowUnauthenticated ? 'allowed' : 'not allowed'],
    ],
  })),
  'None.',
)}`,
  });
}

function choice(userPools: OverviewView['userPools']): Html {
  const links = userPools.map(
    ({ id, name, chosen }) =>
      html`<li><a href="/?userPoolId=${encodeURIComponent(id)}"${raw(chosen ? ' aria-current="page"' : '')}>${name}</a> <span class="hint">${id}</span></li>`,
  );
  return html`<nav aria-label="User pools"><ul class="choice">${links}</ul></nav>`;
}

function description(userPool: OverviewUserPool, mostShown: number): Html {
  const { id, name, issuer, mfa, domain, clients, userCount, users, signIns, browsers, messages } = userPool;
  const cut = (count: number) => (count < mostShown ? undefined : `The newest ${mostShown}.`);
  return html`<section><h2>${name}</h2>
${factList([
  ['ID', code(id)],
  ['Issuer', code(issuer)],
  ['Domain', domain ? `${domain.name}, managed login version ${domain.managedLoginVersion}` : 'none'],
  ['MFA', mfa.toLowerCase()],
])}</section>
${records('App clients', clients.map(clientRecord), 'No app client yet.')}
${records(
  `Users (${userCount.toLocaleString('en-GB')})`,
  users.map(userRecord),
  'No user yet.',
  userCount > users.length ? `The newest ${users.length}.` : undefined,
)}
${records(
  'Sign-ins with a good refresh token',
  signIns.map(({ username, email, client, since, until, hosted, device }) => ({
    name: email ?? username,
    facts: [
      ['App client', client],
      ['By', hosted ? 'hosted pages' : 'API'],
      ['Device', device],
      ['Since', moment(since)],
      ['Until', moment(until)],
    ],
  })),
  'Nobody is signed in.',
  cut(signIns.length),
)}
${records(
  'Browsers signed in at the hosted pages',
  browsers.map(({ username, email, identityProvider, since, until }) => ({
    name: email ?? username,
    facts: [
      ['Through', identityProvider],
      ['Since', moment(since)],
      ['Until', moment(until)],
    ],
  })),
  'None.',
  cut(browsers.length),
)}
${records(
  'Newest messages',
  messages.map(({ subject, body, destination, code: sent, sentAt }) => ({
    name: subject === '' ? body : subject,
    href: `/inbox?${new URLSearchParams({ userPoolId: id, username: destination })}`,
    facts: [
      ['To', destination],
      ['Code', sent === undefined ? undefined : code(sent)],
      ['Sent', moment(sentAt)],
    ],
  })),
  html`Nothing has been sent. Codes arrive in the <a href="/inbox">inbox</a>.`,
)}`;
}

function clientRecord({ id, name, secretCount, flows, callbackUrls, signInPage }: OverviewClient): Record {
  return {
    name,
    facts: [
      ['ID', code(id)],
      ['Secret', secretCount === 0 ? 'none' : secretCount === 1 ? 'one' : String(secretCount)],
      ['Flows', flows.join(', ')],
      ['Returns to', callbackUrls.join(', ')],
      ['Pages', signInPage === undefined ? undefined : html`<a href="${signInPage}">Sign-in page</a>`],
    ],
  };
}

function userRecord({ username, email, phoneNumber, status, groups, mfa, createdAt }: OverviewUser): Record {
  return {
    name: email ?? username,
    facts: [
      ['Username', code(username)],
      ['Phone', phoneNumber],
      ['Status', status],
      ['Groups', groups.join(', ')],
      ['MFA', mfa.length === 0 ? 'none' : mfa.join(', ')],
      ['Created', moment(createdAt)],
    ],
  };
}

const code = (text: string): Html => html`<code>${text}</code>`;
