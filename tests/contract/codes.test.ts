import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allMfa, createMfaPool } from './support/mfa-pools.ts';
import { answerChallenge, beginPasswordSignIn } from './support/password-challenges.ts';
import { completeTokens, openStage, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const mismatch = { name: 'CodeMismatchException', message: 'Invalid code or auth state for the user.' };
const phone = { phone_number: '+12065550100', phone_number_verified: 'true' };
const email = { email: 'jane@example.com', email_verified: 'true' };

describe('E.3 codes by SMS and email', () => {
  requires('inbox');

  it.each([
    ['SMS_MFA', phone, 'SMS', '+*******0100', 'sms', { SMSMfaSettings: { Enabled: true } }],
    ['EMAIL_OTP', email, 'EMAIL', 'j***@e***', 'email', { EmailMfaSettings: { Enabled: true } }],
  ] as const)('E.3 %s after the password', async (name, attributes, medium, masked, purpose, preference) => {
    const people = await createMfaPool(stage, 'OPTIONAL', allMfa);
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane', attributes);
    await stage.api.adminSetUserMFAPreference({ UserPoolId, Username: 'jane', ...preference });
    const asked = await beginPasswordSignIn(stage, people);
    expect(asked).toMatchObject({
      ChallengeName: name,
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION: masked },
    });
    const reply = (code: string) =>
      answerChallenge(stage, people, name, asked.Session, { [`${name}_CODE`]: code });
    const code = await stage.newestCode(UserPoolId, 'jane', purpose);
    await expect(reply(code === '111111' ? '222222' : '111111')).rejects.toMatchObject(mismatch);
    completeTokens((await reply(code)).AuthenticationResult);
  });

  it('E.3 SELECT_MFA_TYPE lets the user choose', async () => {
    const people = await createMfaPool(stage, 'ON', allMfa);
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane', { ...phone, ...email });
    const asked = await beginPasswordSignIn(stage, people);
    expect(asked.ChallengeName).toBe('SELECT_MFA_TYPE');
    const choices = JSON.parse(required(asked.ChallengeParameters?.MFAS_CAN_CHOOSE)) as string[];
    expect(choices.toSorted()).toEqual(['EMAIL_OTP', 'SMS_MFA']);
    const chosen = await answerChallenge(stage, people, 'SELECT_MFA_TYPE', asked.Session, {
      ANSWER: 'SMS_MFA',
    });
    expect(chosen.ChallengeName).toBe('SMS_MFA');
    const done = await answerChallenge(stage, people, 'SMS_MFA', chosen.Session, {
      SMS_MFA_CODE: await stage.newestCode(UserPoolId, 'jane', 'sms'),
    });
    completeTokens(done.AuthenticationResult);
  });

  it('E.3 a session belongs to its user and its challenge, and expires', async () => {
    const people = await createMfaPool(stage, 'ON', allMfa);
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane', phone);
    const asked = await beginPasswordSignIn(stage, people);
    const code = await stage.newestCode(UserPoolId, 'jane', 'sms');
    const garbage = 'A'.repeat(100);
    for (const [name, session] of [
      ['SMS_MFA', garbage],
      ['EMAIL_OTP', required(asked.Session)],
    ] as const)
      await expect(
        answerChallenge(stage, people, name, session, { [`${name}_CODE`]: code }),
      ).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      });
    await stage.pass(181);
    await expect(
      answerChallenge(stage, people, 'SMS_MFA', asked.Session, { SMS_MFA_CODE: code }),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid session for the user, session is expired.',
    });
  });
});
