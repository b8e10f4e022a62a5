import type { Config } from '../../../lib/config.ts';
import { cookieName } from '../../../lib/session/cookies.ts';
import { type Check, ok } from '../finding.ts';

export const sessionSecret: Check<Config> = {
  name: 'session secret',
  examine(config) {
    const numbers = Object.keys(config.sessionSecrets).map(Number);
    const passwords =
      numbers.length === 1
        ? 'one password'
        : `${numbers.length} passwords, of which number ${Math.max(...numbers)} seals and all open`;
    const names = config.secureCookies
      ? `cookies are Secure and named ${cookieName(config, '…')}`
      : 'cookies have plain names and are not Secure, because APP_URL is http on this machine';
    return ok(`${passwords}; ${names}`);
  },
};
