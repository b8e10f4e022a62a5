import type { AppClientSubject } from '../app-clients.ts';
import { type Check, ok, warning } from '../finding.ts';

/** Cognito: managing user existence error responses. */
export const userExistence: Check<AppClientSubject> = {
  name: 'user existence',
  examine({ personal }) {
    const telling = personal.filter(
      ({ PreventUserExistenceErrors }) => PreventUserExistenceErrors !== 'ENABLED',
    );
    return telling.length === 0
      ? ok('a stranger does not learn who has an account')
      : warning(
          `${telling.map(({ ClientId }) => ClientId).join(', ')} tells a stranger whether an account exists`,
          'Set PreventUserExistenceErrors to ENABLED.',
        );
  },
};
