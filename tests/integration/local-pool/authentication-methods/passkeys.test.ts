import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUserPoolApi, type UserPoolApi } from '../api-users/user-pool-api.ts';
import {
  hasBrowser,
  type PasskeyBrowser,
  patience,
  startPasskeyBrowser,
} from '../passkeys/passkey-browser.ts';
import { askForPasskey, createPasskeyPool, PASSKEYS, registerPasskey } from '../passkeys/passkey-pool.ts';
import { loa, told } from './methods-pool.ts';

const bothFactors = {
  MfaConfiguration: 'OPTIONAL' as const,
  SoftwareTokenMfaConfiguration: { Enabled: true },
  WebAuthnConfiguration: {
    UserVerification: 'required' as const,
    FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' as const,
  },
};

describe.skipIf(!hasBrowser)('a passkey (skipped without a browser)', patience, () => {
  let running: UserPoolApi;
  let browser: PasskeyBrowser;

  beforeAll(async () => {
    running = await startUserPoolApi();
    browser = await startPasskeyBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await running.close();
  });

  /** Registers a passkey that says where it lives, and signs in with it. */
  async function signInWith(attachment: 'platform' | 'cross-platform', isBoth = false) {
    const pool = await createPasskeyPool(running);
    const { UserPoolId } = pool;
    await running.api.updateUserPool({ UserPoolId, ...PASSKEYS, AcrConfiguration: {} });
    const page = await browser.openPage();
    const register: typeof page.register = async (options) => ({
      ...(await page.register(options)),
      authenticatorAttachment: attachment,
    });
    await registerPasskey(running, { ...page, register }, await running.accessToken(pool, 'jane'));
    if (isBoth) {
      await running.api.setUserPoolMfaConfig({ UserPoolId, ...bothFactors });
      await running.api.adminSetUserMFAPreference({
        UserPoolId,
        Username: 'jane',
        WebAuthnMfaSettings: { Enabled: true },
      });
    }
    const { options, answer } = await askForPasskey(running, pool);
    return told(await answer(await page.authenticate(options)));
  }

  it('of this device is a key in software', async () => {
    expect(await signInWith('platform')).toEqual({ acr: loa(3), amr: ['swk'] });
  });

  it('on a security key is a key in hardware', async () => {
    expect(await signInWith('cross-platform')).toEqual({ acr: loa(3), amr: ['hwk'] });
  });

  it('is one method also where it stands for both factors', async () => {
    expect(await signInWith('platform', true)).toEqual({ acr: loa(3), amr: ['swk'] });
  });
});
