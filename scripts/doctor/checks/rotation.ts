import type { AppClientSubject } from '../app-clients.ts';
import { type Check, ok, warning } from '../finding.ts';

/** In seconds: two requests of one browser that reach different processes are never further apart. */
const ENOUGH_GRACE = 10;

/** RFC 9700 section 4.14; Cognito: refresh token rotation. */
export const rotation: Check<AppClientSubject> = {
  name: 'refresh token rotation',
  examine({ web: { RefreshTokenRotation: settings, ClientSecret } }) {
    if (settings?.Feature !== 'ENABLED')
      return ClientSecret
        ? ok('off: a refresh token can be used until it ends or is revoked, together with the client secret')
        : warning(
            'off, and the app client has no secret: whoever copies a refresh token can use it until it ends',
            'Give the app client a secret, or turn rotation on (RefreshTokenRotation).',
          );
    const grace = settings.RetryGracePeriodSeconds ?? 0;
    return grace >= ENOUGH_GRACE
      ? ok(`on, with a grace of ${grace} s`)
      : warning(
          `on, with a grace of ${grace} s: of parallel requests of one browser that reach different processes, only the first can refresh, and the others may sign the person out`,
          `Set RetryGracePeriodSeconds to ${ENOUGH_GRACE} or more, 60 at the most.`,
        );
  },
};
