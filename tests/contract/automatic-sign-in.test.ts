import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordless } from './support/passwordless.ts';
import {
  type ContractClient,
  completeTokens,
  openStage,
  password,
  required,
  type Stage,
} from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool(passwordless);
});
afterAll(() => stage.close());

describe('E.3 automatic sign-in', () => {
  requires('inbox');

  it('E.3 SignUp → ConfirmSignUp → automatic sign-in by Session', async () => {
    const { UserPoolId, ClientId } = people;
    const signedUp = await stage.api.signUp({
      ClientId,
      Username: 'new',
      Password: password,
      UserAttributes: [{ Name: 'email', Value: 'new@example.com' }],
    });
    expect(signedUp).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[\da-f-]{36}$/),
      CodeDeliveryDetails: { Destination: 'n***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
      Session: expect.any(String),
    });
    const { Session } = await stage.api.confirmSignUp({
      ClientId,
      Username: 'new',
      ConfirmationCode: await stage.newestCode(UserPoolId, 'new', 'signUp'),
      Session: signedUp.Session,
    });
    const automatic = () =>
      stage.api.initiateAuth({
        ClientId,
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME: 'new' },
        Session: required(Session),
      });
    const { AccessToken } = completeTokens((await automatic()).AuthenticationResult);
    await expect(stage.api.getUser({ AccessToken })).resolves.toHaveProperty('Username', 'new');
    await expect(automatic()).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });
});
