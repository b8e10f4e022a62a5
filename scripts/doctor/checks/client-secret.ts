import { refreshTokens } from '../../../lib/cognito/token-endpoint.ts';
import { type Check, ok, problem, skipped } from '../finding.ts';
import type { UserPoolSubject } from '../user-pool.ts';

/** The client is authenticated before its grant is looked at (RFC 6749 section 3.2.1), so a made-up one will do. */
const MADE_UP = 'made-up-by-the-doctor';

export const clientSecret: Check<UserPoolSubject> = {
  name: 'client secret',
  async examine({ config }) {
    const outcome = await refreshTokens(config, MADE_UP);
    const error = outcome.kind === 'refused' ? outcome.error : undefined;
    if (error === 'invalid_grant')
      return ok(config.clientSecret ? 'the token endpoint takes it' : 'none, and the app client needs none');
    if (error === 'invalid_client')
      return config.clientSecret
        ? problem(
            'the token endpoint refuses it',
            'Copy COGNITO_CLIENT_SECRET from the app client; leave it out for one without a secret.',
          )
        : problem('none is set, and the app client has one', 'Set COGNITO_CLIENT_SECRET.');
    if (error === 'unauthorized_client')
      return problem(
        'the app client may not refresh tokens',
        'Allow it the authorization code grant (AllowedOAuthFlows: code).',
      );
    return skipped(
      `the token endpoint gives no verdict${outcome.kind === 'unavailable' ? ` (${outcome.reason})` : ''}`,
    );
  },
};
