import { normaliseAttributes, requireSchema, requireWritable } from '../../model/attributes.ts';
import { changeUser } from '../../model/change-user.ts';
import { setPassword } from '../../model/set-password.ts';
import type { User } from '../../model/user.ts';
import type { UserPool } from '../../model/user-pool.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { defineNextChallenge, withResult } from '../define-challenge.ts';
import { afterFirstFactor } from '../next-step.ts';
import { type AnswerChallenge, ask, passwordMark, spend } from '../open-challenge.ts';
import { incorrectCredentials, invalidSession, notAuthorized, requireParameter } from '../refusals.ts';
import { requireEnabled } from '../user-status.ts';

const PREFIX = 'userAttributes.';

/** Asks for a password in the place of a temporary one, and for required attributes that are missing (Cognito: NEW_PASSWORD_REQUIRED). */
export function askNewPassword(attempt: Attempt, user: User, progress: Progress): Challenge {
  return ask(
    attempt,
    'NEW_PASSWORD_REQUIRED',
    { user, progress },
    {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(
        missingAttributes(attempt.userPool, user).map((name) => PREFIX + name),
      ),
      userAttributes: JSON.stringify(user.attributes),
    },
  );
}

/** Judges `NEW_PASSWORD` and `userAttributes.{name}`: the user is confirmed with them. */
export const answerNewPasswordRequired: AnswerChallenge = async (attempt, open, responses) => {
  const { pool, userPool, client } = attempt;
  const { user, progress } = open;
  if (!user) throw incorrectCredentials();
  requireEnabled(user);
  // Somebody has set a password meanwhile, which the temporary one is not to replace.
  if (user.status !== 'FORCE_CHANGE_PASSWORD') throw invalidSession();
  const password = requireParameter(responses, 'NEW_PASSWORD');
  const attributes = normaliseAttributes(userPool, newAttributes(responses));
  for (const name of Object.keys(attributes))
    if (user.attributes[name]) throw notAuthorized(`Cannot modify an already provided ${name}`);
  requireWritable(client, attributes);
  requireSchema(userPool, { ...user.attributes, ...attributes }, { newUser: true });

  const confirmed = pool.store.transaction(() => {
    spend(attempt, open);
    return changeUser(pool, userPool, user, (changed) => {
      changed.attributes = { ...changed.attributes, ...attributes };
      setPassword(pool, userPool, changed, password);
      changed.status = 'CONFIRMED';
      delete changed.details.temporaryPasswordSetAt;
    });
  });
  const changed = {
    ...progress,
    tokenSource: 'TokenGeneration_NewPasswordChallenge' as const,
    provenPassword: passwordMark(confirmed),
  };
  if (progress.customResults)
    return defineNextChallenge(attempt, confirmed, withResult(changed, 'NEW_PASSWORD_REQUIRED', true));
  return afterFirstFactor(attempt, confirmed, changed);
};

/** The attributes that the pool requires of everybody and this user does not have yet. */
export function missingAttributes(userPool: UserPool, user: User): string[] {
  return [...userPool.schema.values()]
    .filter(({ name, required }) => required && !user.attributes[name])
    .map(({ name }) => name);
}

function newAttributes(responses: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(responses)
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, value]) => [name.slice(PREFIX.length), value]),
  );
}
