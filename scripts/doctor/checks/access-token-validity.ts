import type { AppClientSubject } from '../app-clients.ts';
import { type Check, ok, warning } from '../finding.ts';
import { inWords, validity } from '../validity.ts';

const HOUR = 3_600;

/** Groups and claims are as old as the access token, which nothing takes back before its end. */
export const accessTokenValidity: Check<AppClientSubject> = {
  name: 'access token validity',
  examine({ personal }) {
    const seconds = Math.max(
      ...personal.map(({ AccessTokenValidity, TokenValidityUnits }) =>
        validity(AccessTokenValidity, TokenValidityUnits?.AccessToken ?? 'hours', HOUR),
      ),
    );
    return seconds > HOUR
      ? warning(
          `${inWords(seconds)}: for so long a person who was disabled or left a group may keep what they had`,
          'Set AccessTokenValidity to an hour or less.',
        )
      : ok(`${inWords(seconds)}: a change of groups holds after this at the latest`);
  },
};
