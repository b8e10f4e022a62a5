import type { AppClientSubject } from '../app-clients.ts';
import { type Check, ok, warning } from '../finding.ts';
import { inWords, validity } from '../validity.ts';

const DAY = 86_400;

export const refreshTokenValidity: Check<AppClientSubject> = {
  name: 'refresh token validity',
  examine({ config, web }) {
    const unit = web.TokenValidityUnits?.RefreshToken ?? 'days';
    const seconds = validity(web.RefreshTokenValidity, unit, 30 * DAY);
    if (config.sessionLifetime > seconds)
      return warning(
        `${inWords(seconds)}, and SESSION_DAYS is ${config.sessionLifetime / DAY}: people are signed out when the refresh token ends`,
        `Set SESSION_DAYS to ${Math.max(1, Math.floor(seconds / DAY))}, or RefreshTokenValidity to ${config.sessionLifetime / DAY} days.`,
      );
    return ok(`${inWords(seconds)}, for sessions of ${config.sessionLifetime / DAY} days`);
  },
};
