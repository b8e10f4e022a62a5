import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMfaPool, registerTotp, totpOnly } from './support/mfa-pools.ts';
import { answerChallenge, beginPasswordSignIn } from './support/password-challenges.ts';
import { completeTokens, openStage, required, type Stage } from './support/stage.ts';
import { nextTotp } from './support/totp.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('E.3 authenticator apps', () => {
  it('E.3 MFA_SETUP during sign-in, and SOFTWARE_TOKEN_MFA at the next', async () => {
    const people = await createMfaPool(stage, 'ON', totpOnly);
    await stage.createUser(people.UserPoolId, 'jane');
    const asked = await beginPasswordSignIn(stage, people);
    expect(asked).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: 'jane' },
    });
    const associated = await stage.api.associateSoftwareToken({ Session: asked.Session });
    const secret = required(associated.SecretCode);
    expect(secret).toMatch(/^[A-Z2-7]{16,}$/);
    await expect(
      stage.api.verifySoftwareToken({ Session: associated.Session, UserCode: '000000' }),
    ).rejects.toMatchObject({ name: 'EnableSoftwareTokenMFAException', message: 'Code mismatch' });
    const verified = await stage.api.verifySoftwareToken({
      Session: associated.Session,
      UserCode: await nextTotp(stage, secret),
    });
    expect(verified.Status).toBe('SUCCESS');
    const done = await answerChallenge(stage, people, 'MFA_SETUP', verified.Session, {});
    const { AccessToken } = completeTokens(done.AuthenticationResult);
    await expect(stage.api.getUser({ AccessToken })).resolves.toMatchObject({
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
    });

    const next = await beginPasswordSignIn(stage, people);
    expect(next).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeParameters: { USER_ID_FOR_SRP: 'jane' },
    });
    const reply = (SOFTWARE_TOKEN_MFA_CODE: string) =>
      answerChallenge(stage, people, 'SOFTWARE_TOKEN_MFA', next.Session, { SOFTWARE_TOKEN_MFA_CODE });
    await expect(reply('000000')).rejects.toMatchObject({
      name: 'CodeMismatchException',
      message: 'Invalid code received for user',
    });
    const code = await nextTotp(stage, secret);
    completeTokens((await reply(code)).AuthenticationResult);
    const again = await beginPasswordSignIn(stage, people);
    await expect(
      answerChallenge(stage, people, 'SOFTWARE_TOKEN_MFA', again.Session, { SOFTWARE_TOKEN_MFA_CODE: code }),
    ).rejects.toMatchObject({
      name: 'ExpiredCodeException',
      message: 'Your software token has already been used once.',
    });
  });

  it('E.3 by access token: associate, verify, prefer', async () => {
    const people = await createMfaPool(stage, 'OPTIONAL', totpOnly);
    await stage.createUser(people.UserPoolId, 'jane');
    const { AccessToken } = await stage.signIn(people, 'jane');
    await expect(
      stage.api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true } }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'User has not verified software token mfa',
    });
    const secret = await registerTotp(stage, AccessToken);
    await stage.api.setUserMFAPreference({
      AccessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    const next = await beginPasswordSignIn(stage, people);
    expect(next.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const done = await answerChallenge(stage, people, 'SOFTWARE_TOKEN_MFA', next.Session, {
      SOFTWARE_TOKEN_MFA_CODE: await nextTotp(stage, secret),
    });
    completeTokens(done.AuthenticationResult);
  });

  it('E.3 a pool without TOTP', async () => {
    const people = await stage.createPool();
    await stage.createUser(people.UserPoolId, 'jane');
    const { AccessToken } = await stage.signIn(people, 'jane');
    await expect(stage.api.associateSoftwareToken({ AccessToken })).rejects.toMatchObject({
      name: 'SoftwareTokenMFANotFoundException',
      message: 'Software Token MFA has not been enabled by the userPool',
    });
  });
});
