import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerChallenge, beginPasswordSignIn } from './support/password-challenges.ts';
import {
  attributeRecord,
  completeTokens,
  openStage,
  password,
  required,
  type Stage,
} from './support/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const email = { email: 'jane@example.com', email_verified: 'true' };

describe('E.3 NEW_PASSWORD_REQUIRED', () => {
  it('E.3 with required attributes: names them, demands them, and signs in', async () => {
    const people = await stage.createPool({
      Schema: [{ Name: 'given_name', AttributeDataType: 'String', Required: true, Mutable: true }],
    });
    const { UserPoolId } = people;
    const TemporaryPassword = 'Temporary-Contract-1';
    await stage.api.adminCreateUser({
      UserPoolId,
      Username: 'jane',
      TemporaryPassword,
      UserAttributes: [
        { Name: 'email', Value: 'jane@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ],
      MessageAction: 'SUPPRESS',
    });
    const asked = await beginPasswordSignIn(stage, people, TemporaryPassword);
    expect(asked).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: { USER_ID_FOR_SRP: 'jane', requiredAttributes: '["userAttributes.given_name"]' },
    });
    expect(JSON.parse(required(asked.ChallengeParameters?.userAttributes))).toEqual(email);
    const reply = (responses: Record<string, string>) =>
      answerChallenge(stage, people, 'NEW_PASSWORD_REQUIRED', asked.Session, responses);
    await expect(reply({ NEW_PASSWORD: password })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(reply({ NEW_PASSWORD: 'short', 'userAttributes.given_name': 'Jane' })).rejects.toMatchObject(
      { name: 'InvalidPasswordException' },
    );
    const { AuthenticationResult } = await reply({
      NEW_PASSWORD: password,
      'userAttributes.given_name': 'Jane',
    });
    completeTokens(AuthenticationResult);
    const user = await stage.api.adminGetUser({ UserPoolId, Username: 'jane' });
    expect(user.UserStatus).toBe('CONFIRMED');
    expect(attributeRecord(user.UserAttributes)).toMatchObject({ given_name: 'Jane' });
    await expect(beginPasswordSignIn(stage, people)).resolves.toHaveProperty('AuthenticationResult');
  });
});
