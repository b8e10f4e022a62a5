import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../../local-pool/src/hosted-ui/content-security-policy.ts';
import { passkeyScriptSource } from '../../../../local-pool/src/hosted-ui/passkey-script.ts';
import { addPasskeyView } from '../../../../local-pool/src/hosted-ui/views/add-passkey-view.ts';
import { choiceView } from '../../../../local-pool/src/hosted-ui/views/choice-view.ts';
import { codeView } from '../../../../local-pool/src/hosted-ui/views/code-view.ts';
import { confirmForgotPasswordView } from '../../../../local-pool/src/hosted-ui/views/confirm-forgot-password-view.ts';
import { confirmUserView } from '../../../../local-pool/src/hosted-ui/views/confirm-user-view.ts';
import { confirmedView } from '../../../../local-pool/src/hosted-ui/views/confirmed-view.ts';
import { field } from '../../../../local-pool/src/hosted-ui/views/field.ts';
import { firstFactorView } from '../../../../local-pool/src/hosted-ui/views/first-factor-view.ts';
import { forgotPasswordView } from '../../../../local-pool/src/hosted-ui/views/forgot-password-view.ts';
import type { HostedPage } from '../../../../local-pool/src/hosted-ui/views/hosted-page.ts';
import type { Html } from '../../../../local-pool/src/hosted-ui/views/html.ts';
import { inboxView } from '../../../../local-pool/src/hosted-ui/views/inbox-view.ts';
import { loginView } from '../../../../local-pool/src/hosted-ui/views/login-view.ts';
import { mfaSetupView } from '../../../../local-pool/src/hosted-ui/views/mfa-setup-view.ts';
import { newPasswordView } from '../../../../local-pool/src/hosted-ui/views/new-password-view.ts';
import type { OverviewView } from '../../../../local-pool/src/hosted-ui/views/overview.ts';
import { overviewView } from '../../../../local-pool/src/hosted-ui/views/overview-view.ts';
import { passkeyView } from '../../../../local-pool/src/hosted-ui/views/passkey-view.ts';
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

const challenge = { page: hostile, username: attack, sealed: attack, error: attack };

const signedIn = { username: attack, since: 0, until: 1 };
const hostileOverview: OverviewView = {
  userPools: [
    { id: attack, name: attack, chosen: true },
    { id: 'other', name: 'other', chosen: false },
  ],
  userPool: {
    id: attack,
    name: attack,
    issuer: attack,
    mfa: attack,
    domain: { name: attack, managedLoginVersion: 1 },
    clients: [
      {
        id: attack,
        name: attack,
        secretCount: 1,
        flows: [attack],
        callbackUrls: [attack],
        signInPage: attack,
      },
    ],
    userCount: 1,
    users: [{ username: attack, status: attack, groups: [attack], mfa: [attack], createdAt: 0 }],
    signIns: [{ ...signedIn, clientId: attack, client: attack, hosted: true, device: attack }],
    browsers: [{ ...signedIn, identityProvider: attack }],
    messages: [
      {
        id: 1,
        userPoolId: attack,
        username: attack,
        purpose: 'email',
        medium: 'EMAIL',
        destination: attack,
        subject: attack,
        body: attack,
        code: attack,
        sentAt: 0,
      },
    ],
  },
  identityPools: [{ id: attack, name: attack, allowUnauthenticated: true }],
  mostShown: 50,
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
  ['code', () => codeView({ ...challenge, title: attack, destination: attack })],
  ['authenticator app', () => codeView({ ...challenge, title: attack, lead: attack })],
  [
    'temporary password',
    () =>
      newPasswordView({
        ...challenge,
        attributes: [{ name: attack, value: attack }],
        passwordHint: attack,
        isPasswordWrong: true,
      }),
  ],
  [
    'MFA set-up',
    () =>
      mfaSetupView({
        ...challenge,
        app: { secret: attack, address: attack },
        typed: { email: attack, phone_number: attack },
        asksEmail: true,
        asksPhone: true,
      }),
  ],
  [
    'choice',
    () =>
      choiceView({
        ...challenge,
        title: attack,
        lead: attack,
        choices: [{ answer: attack, label: attack }],
      }),
  ],
  [
    'first factor',
    () => firstFactorView({ ...challenge, asksPassword: true, choices: [{ answer: attack, label: attack }] }),
  ],
  ['overview', () => overviewView(hostileOverview)],
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

  it.each([
    ['used', () => passkeyView({ ...challenge, options: attack })],
    [
      'added',
      () =>
        addPasskeyView({
          brand: attack,
          username: attack,
          address: attack,
          requestToken: attack,
          redirectUri: attack,
          options: attack,
        }),
    ],
  ])(
    'LP-10 the page where a passkey is %s runs its own script, which the policy admits, and no other',
    async (_, view) => {
      const text = String(await view());
      const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(
        ([, script = '']) => script,
      );
      expect(scripts).toHaveLength(1);
      const hash = createHash('sha256')
        .update(scripts[0] ?? '')
        .digest('base64');
      expect(contentSecurityPolicy(undefined, passkeyScriptSource)).toContain(`script-src 'sha256-${hash}';`);
    },
  );

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
