import { Secret, TOTP } from 'otpauth';
import { expect, expectAccessible, expectSignedIn, password, submitPassword, test } from './hosted-stand.ts';

const own = 'My-own-password-1';

for (const javaScriptEnabled of [true, false])
  test.describe(`challenges at the pages, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('a temporary password gives way to one of the person’s own', async ({ page, stand }) => {
      const pool = await stand.createHostedPool();
      const TemporaryPassword = 'Temporary-Cabana-1';
      await stand.api.adminCreateUser({
        UserPoolId: pool.UserPoolId,
        Username: 'tess',
        TemporaryPassword,
        MessageAction: 'SUPPRESS',
      });
      await page.goto(pool.address('login'));
      await submitPassword(page, 'tess', TemporaryPassword);
      await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
      await expect(page.getByLabel('New password')).toBeFocused();
      await page.getByLabel('New password').fill('short');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByRole('alert')).toContainText('Password not long enough');
      await page.getByLabel('New password').fill(own);
      await page.keyboard.press('Enter');
      await expectSignedIn(page, stand);
    });

    test('an authenticator app is set up and then asked for', async ({ page, stand }) => {
      const pool = await stand.createHostedPool({
        mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
      });
      await stand.createUser(pool.UserPoolId, 'jane', { email: 'jane@example.com' });
      await page.goto(pool.address('login'));
      await submitPassword(page, 'jane', password);
      await expect(page.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
      const secret = ((await page.locator('code.secret').textContent()) ?? '').replaceAll(' ', '');
      const app = new TOTP({ secret: Secret.fromBase32(secret) });
      await page.getByRole('textbox', { name: 'Code' }).fill(app.generate({ timestamp: stand.clock.now() }));
      await page.getByRole('button', { name: 'Continue' }).click();
      await expectSignedIn(page, stand);

      stand.clock.advance(30_000);
      await page.goto(pool.address('login'));
      await submitPassword(page, 'jane', password);
      await page.getByRole('textbox', { name: 'Code' }).fill(app.generate({ timestamp: stand.clock.now() }));
      await page.getByRole('button', { name: 'Continue' }).click();
      await expectSignedIn(page, stand);
    });

    test('an email code takes the place of a password', async ({ page, stand }) => {
      const pool = await stand.createHostedPool({
        pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
        client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
      });
      await stand.createUser(pool.UserPoolId, 'kim', { email: 'kim@example.com' });
      await page.goto(pool.address('login'));
      await page.getByLabel('User name').fill('kim');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('button', { name: 'Email me a code' }).click();
      await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible();
      await page
        .getByRole('textbox', { name: 'Code' })
        .fill(await stand.newestCode(pool.UserPoolId, 'kim', 'email'));
      await page.getByRole('button', { name: 'Continue' }).click();
      await expectSignedIn(page, stand);
    });
  });

for (const colorScheme of ['light', 'dark'] as const)
  test(`pages of challenges and the page at / are accessible and narrow, ${colorScheme}`, async ({
    browser,
    stand,
  }) => {
    const pool = await stand.createHostedPool({
      pool: {
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
      },
      client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
      mfa: {
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
        EmailMfaConfiguration: {},
        SmsMfaConfiguration: {
          SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sns' },
        },
      },
    });
    const longName = `somebody-with-a-very-long-name-${'x'.repeat(60)}`;
    await stand.createUser(pool.UserPoolId, longName);
    await stand.createUser(pool.UserPoolId, 'both', {
      email: 'both@example.com',
      phone_number: '+12065550100',
    });
    const context = await browser.newContext({
      baseURL: stand.url,
      colorScheme,
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    const check = async () => {
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    };
    for (const username of [longName, 'both']) {
      await page.goto(pool.address('login'));
      await check();
      await page.getByLabel('User name').fill(username);
      await page.getByRole('button', { name: 'Next' }).click();
      await check();
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await check();
    }
    await page.getByRole('button', { name: 'Email me a code' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill('000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await check();
    await page.goto(`/?userPoolId=${pool.UserPoolId}`);
    await expect(page.getByRole('heading', { name: 'Users (2)' })).toBeVisible();
    await check();
    await page.getByRole('link', { name: 'Sign-in page' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await context.close();
  });
