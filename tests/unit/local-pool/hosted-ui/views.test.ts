import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../../local-pool/src/hosted-ui/content-security-policy.ts';
import { confirmForgotPasswordView } from '../../../../local-pool/src/hosted-ui/views/confirm-forgot-password-view.ts';
import { confirmUserView } from '../../../../local-pool/src/hosted-ui/views/confirm-user-view.ts';
import { confirmedView } from '../../../../local-pool/src/hosted-ui/views/confirmed-view.ts';
import { field } from '../../../../local-pool/src/hosted-ui/views/field.ts';
import { forgotPasswordView } from '../../../../local-pool/src/hosted-ui/views/forgot-password-view.ts';
import type { HostedPage } from '../../../../local-pool/src/hosted-ui/views/hosted-page.ts';
import type { Html } from '../../../../local-pool/src/hosted-ui/views/html.ts';
import { inboxView } from '../../../../local-pool/src/hosted-ui/views/inbox-view.ts';
import { loginView } from '../../../../local-pool/src/hosted-ui/views/login-view.ts';
import { problemView } from '../../../../local-pool/src/hosted-ui/views/problem-view.ts';
import { signUpView } from '../../../../local-pool/src/hosted-ui/views/signup-view.ts';

const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;

const hostile: HostedPage = {
  brand: attack,
  clientName: attack,
  requestToken: attack,
  link: (path) => `/pool/${path}?${attack}`,
  accountField: { label: attack, type: 'text' },
};

const views: [string, () => Html][] = [
  ['sign-in', () => loginView({ page: hostile, username: attack, error: attack, offersSignUp: true })],
  [
    'sign-up',
    () =>
      signUpView({
        page: hostile,
        username: attack,
        attributes: [{ name: attack, value: attack }],
        passwordHint: attack,
        error: attack,
      }),
  ],
  [
    'confirmation',
    () => confirmUserView({ page: hostile, username: attack, destination: attack, error: attack }),
  ],
  ['forgotten password', () => forgotPasswordView({ page: hostile, username: attack, error: attack })],
  [
    'new password',
    () =>
      confirmForgotPasswordView({
        page: hostile,
        username: attack,
        destination: attack,
        passwordHint: attack,
        error: attack,
      }),
  ],
  ['confirmed', () => confirmedView(attack, attack)],
  [
    'problem',
    () =>
      problemView({
        brand: attack,
        heading: attack,
        message: attack,
        details: [{ name: attack, value: attack }],
        restart: { href: attack, label: attack },
      }),
  ],
  [
    'inbox',
    () =>
      inboxView({
        messages: [
          {
            userPoolName: attack,
            destination: attack,
            subject: attack,
            body: attack,
            code: attack,
            sentAt: attack,
          },
        ],
        userPools: [{ id: attack, name: attack }],
        filter: { username: attack },
        href: attack,
      }),
  ],
];

describe('hosted pages', () => {
  it.each(views)('LP-10 BS-19 the %s page renders markup in every value as text', async (_name, view) => {
    const text = String(await view());
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/<script|<img/i);
    // A quote that ended an attribute would leave the handler as an attribute of its own.
    for (const tag of text.match(/<[a-z][^>]*>/gi) ?? [])
      expect(tag.replaceAll(/"[^"]*"/g, '')).not.toContain('onerror');
  });

  it('the policy admits the stylesheet that the page carries, and no script', async () => {
    const text = String(await loginView({ page: hostile, offersSignUp: false }));
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = contentSecurityPolicy(undefined);
    expect(style).toContain('prefers-color-scheme: dark');
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
  });

  it('the policy names the place that a sign-in returns to, by origin or by an app scheme', () => {
    expect(contentSecurityPolicy('https://app.example.com/cb?a=b')).toContain(
      "form-action 'self' https://app.example.com;",
    );
    expect(contentSecurityPolicy('myapp://callback')).toContain("form-action 'self' myapp:;");
  });

  it('a refused sign-in keeps the user name, says so in the title, and ties the message to the fields', async () => {
    const page = { ...hostile, brand: 'Pool', accountField: { label: 'Email', type: 'email' as const } };
    const text = String(
      await loginView({ page, username: 'ada@example.com', error: 'No.', offersSignUp: false }),
    );
    expect(text).toContain('<title>Error: Sign in · Pool</title>');
    expect(text).toMatch(/role="alert" id="error">No\.</);
    expect(text).toMatch(/id="username"[^>]*value="ada@example.com"[^>]*aria-describedby="error"/);
    expect(text).not.toContain('signup');
  });

  it('a password field never carries a value', async () => {
    const text = String(
      await field({
        name: 'p',
        label: 'P',
        type: 'password',
        autocomplete: 'current-password',
        value: 'secret',
      }),
    );
    expect(text).not.toContain('secret');
  });
});
