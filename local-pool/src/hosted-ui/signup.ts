import type { CognitoError } from '../errors.ts';
import { signUp } from '../model/sign-up.ts';
import type { UserPool } from '../model/user-pool.ts';
import { continueAfterFirstFactor } from './continue-sign-in.ts';
import { goToPage, passOn, showPage } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';
import { passwordHint } from './password-hint.ts';
import { refusalOf } from './refusal.ts';
import { showProblem } from './show-problem.ts';
import { attributeFieldName } from './views/attribute-field.ts';
import { signUpView } from './views/signup-view.ts';

/** `GET /signup`. */
export async function showSignUp(request: HostedRequest): Promise<Response> {
  return request.userPool.allowAdminCreateUserOnly ? closed(request) : form(request);
}

/** `POST /signup` with `username`, `password` and `requiredAttributes[…]`. The person is signed in at once or asked for a code. */
export async function submitSignUp(request: HostedRequest): Promise<Response> {
  const { ui, userPool, client } = request;
  if (userPool.allowAdminCreateUserOnly) return closed(request);
  const username = request.form.get('username')?.trim() ?? '';
  const password = request.form.get('password') ?? '';
  const attributes = Object.fromEntries(
    askedAttributes(userPool).map((name) => [name, typed(request, name)]),
  );
  const outcome = await refusalOf(() =>
    signUp(ui.pool, userPool, client, { username, password, attributes }),
  );
  if ('refusal' in outcome) return form(request, outcome.refusal);
  const { user, delivery } = outcome.value;
  if (user.status === 'CONFIRMED') return continueAfterFirstFactor(request, username, user, ['pwd']);
  passOn(request, {
    username,
    provenSub: user.sub,
    provenBy: ['pwd'],
    ...(delivery && { destination: delivery.destination }),
  });
  return goToPage(request, 'confirmUser');
}

/** What the form asks for besides name and password: what the schema requires, and an address for the code. */
function askedAttributes({ schema, usernameAttributes, autoVerifiedAttributes }: UserPool): string[] {
  const names = [...schema.values()].filter(({ required }) => required).map(({ name }) => name);
  const asked = usernameAttributes.length > 0 ? names : [...names, ...autoVerifiedAttributes];
  return [...new Set(asked)].filter((name) => name !== 'sub' && !isUsername(usernameAttributes, name));
}

function isUsername(usernameAttributes: readonly string[], name: string): boolean {
  return usernameAttributes.length === 1 && usernameAttributes[0] === name;
}

function typed({ form }: HostedRequest, attribute: string): string {
  return form.get(attributeFieldName(attribute))?.trim() ?? '';
}

function form(request: HostedRequest, refusal?: CognitoError): Promise<Response> {
  const { userPool, page } = request;
  const view = signUpView({
    page,
    username: request.form.get('username') ?? undefined,
    attributes: askedAttributes(userPool).map((name) => ({ name, value: typed(request, name) })),
    passwordHint: passwordHint(userPool.passwordPolicy),
    error: refusal?.message,
    invalidField: refusal && blamedField(refusal),
  });
  return showPage(request, view, refusal !== undefined);
}

function blamedField({ code, message }: CognitoError): string | undefined {
  if (code === 'InvalidPasswordException' || message.includes("'password'")) return 'password';
  return code === 'UsernameExistsException' || message.startsWith('Username') ? 'username' : undefined;
}

function closed({ context, userPool, page }: HostedRequest): Promise<Response> {
  return showProblem(context, userPool, 403, {
    heading: 'Sign-up is closed',
    message: 'Only an administrator can create accounts here.',
    restart: { href: page.link('login'), label: 'Go to sign in' },
  });
}
