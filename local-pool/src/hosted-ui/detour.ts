import type { CognitoError } from '../errors.ts';
import type { AuthenticationMethod } from '../model/authentication-methods.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import { goToPage, passOn } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';

/**
 * Where somebody goes whose first factor was right and who must confirm the account or choose a new password before
 * they may sign in; undefined for every other refusal.
 * @param username as it was typed
 * @param provenBy the first factor; empty where it is not known
 */
export function detour(
  request: HostedRequest,
  username: string,
  { code }: CognitoError,
  provenBy: AuthenticationMethod[],
): Response | undefined {
  const { ui, userPool } = request;
  switch (code) {
    case 'UserNotConfirmedException':
      passOn(request, {
        username,
        provenSub: findUserByTypedName(ui.pool, userPool, username)?.sub,
        provenBy,
      });
      return goToPage(request, 'confirmUser');
    case 'PasswordResetRequiredException':
      passOn(request, { username });
      return goToPage(request, 'forgotPassword');
    default:
      return undefined;
  }
}
