import type { AppClientSubject } from '../app-clients.ts';
import { type Check, ok, problem } from '../finding.ts';

/** Cognito: token revocation. */
export const revocation: Check<AppClientSubject> = {
  name: 'token revocation',
  examine({ personal }) {
    const without = personal.filter(({ EnableTokenRevocation }) => EnableTokenRevocation !== true);
    return without.length === 0
      ? ok('on')
      : problem(
          `off for ${without.map(({ ClientId }) => ClientId).join(', ')}: a sign-out cannot revoke the refresh token, and access tokens without origin_jti stay good after the session behind them has ended`,
          'Set EnableTokenRevocation to true; tokens issued from then on carry origin_jti.',
        );
  },
};
