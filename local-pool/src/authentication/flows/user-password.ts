import { afterPassword } from '../next-step.ts';
import { checkPassword } from '../password.ts';
import { requireParameter } from '../refusals.ts';
import type { Flow } from './flow.ts';

/** USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH: the password itself (Cognito: InitiateAuth). */
export const userPasswordAuth: Flow = async (attempt, parameters, progress) => {
  const password = requireParameter(parameters, 'PASSWORD');
  const user = await checkPassword(attempt, progress.username, password);
  return afterPassword(attempt, user, progress);
};
