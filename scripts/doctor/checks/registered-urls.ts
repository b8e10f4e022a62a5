import { callbackUrl } from '../../../lib/cognito/endpoints.ts';
import type { AppClientSubject } from '../app-clients.ts';
import { type Check, ok, problem } from '../finding.ts';

/** Cognito compares both exactly (Cognito: authorize endpoint, logout endpoint). */
export const registeredUrls: Check<AppClientSubject> = {
  name: 'registered URLs',
  examine({ config, web: { CallbackURLs = [], LogoutURLs = [] } }) {
    const missing = [
      ...(CallbackURLs.includes(callbackUrl(config)) ? [] : [`the callback URL ${callbackUrl(config)}`]),
      ...(LogoutURLs.includes(config.appUrl.href) ? [] : [`the sign-out URL ${config.appUrl.href}`]),
    ];
    return missing.length === 0
      ? ok('callback and sign-out URL')
      : problem(
          `the app client does not know ${missing.join(' and ')}`,
          'Register it letter by letter, or people end on an error page of the user pool.',
        );
  },
};
