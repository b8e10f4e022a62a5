import type { ExplicitAuthFlowsType } from '@aws-sdk/client-cognito-identity-provider';
import type { CognitoUserSession } from 'amazon-cognito-identity-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  asked,
  attributeRecord,
  idClaims,
  refusal,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';
import { signInWithIdentityJs } from './identity-js.ts';

let auth: AuthApi;
const flows: ExplicitAuthFlowsType[] = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH'];

beforeAll(async () => {
  auth = await startAuthApi();
});
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');

describe('a temporary password', () => {
  let temporary: TestPool;
  beforeAll(async () => {
    temporary = await auth.createPool(
      {
        Schema: [
          { Name: 'given_name', Required: true, Mutable: true },
          { Name: 'email', Required: true, Mutable: true },
        ],
      },
      { ExplicitAuthFlows: flows },
    );
  });
  const createUser = (Username: string) =>
    auth.api.adminCreateUser({
      UserPoolId: temporary.UserPoolId,
      Username,
      TemporaryPassword: 'Temporary-1!',
      UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      MessageAction: 'SUPPRESS',
    });

  it('is changed, with the attributes that are required, before there are tokens', async () => {
    await createUser('linus');
    const challenge = await auth.signInBySrp(temporary, 'linus', 'Temporary-1!');
    expect(challenge).toMatchObject(asked('NEW_PASSWORD_REQUIRED'));
    expect(challenge.AuthenticationResult).toBeUndefined();
    const parameters = challenge.ChallengeParameters ?? {};
    expect(parameters.USER_ID_FOR_SRP).toBe('linus');
    expect(JSON.parse(parameters.requiredAttributes ?? '')).toEqual(['userAttributes.given_name']);
    expect(JSON.parse(parameters.userAttributes ?? '')).toEqual({ email: 'linus@example.com' });

    const answer = (responses: Record<string, string>): Promise<Answer> =>
      auth.answer(temporary, challenge, { USERNAME: 'linus', ...responses });
    await expect(answer({})).rejects.toThrow('Missing required parameter NEW_PASSWORD');
    await expect(answer({ NEW_PASSWORD: 'short', 'userAttributes.given_name': 'L' })).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    await expect(answer({ NEW_PASSWORD: 'Permanent-1!' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(
      answer({ NEW_PASSWORD: 'Permanent-1!', 'userAttributes.email': 'eve@example.com' }),
    ).rejects.toMatchObject(refusal('NotAuthorizedException', 'Cannot modify an already provided email'));
    const done = await answer({ NEW_PASSWORD: 'Permanent-1!', 'userAttributes.given_name': 'Linus' });
    expect(idClaims(done)).toMatchObject({ given_name: 'Linus' });
    const user = await auth.api.adminGetUser({ UserPoolId: temporary.UserPoolId, Username: 'linus' });
    expect(user.UserStatus).toBe('CONFIRMED');
    expect(attributeRecord(user.UserAttributes)).toMatchObject({ given_name: 'Linus' });
    expect(idClaims(await auth.signInBySrp(temporary, 'linus', 'Permanent-1!'))).toBeTruthy();
    await expect(auth.signIn(temporary, 'linus', 'Temporary-1!')).rejects.toMatchObject(incorrect);
  });

  it('does not replace one that an administrator has set meanwhile', async () => {
    await createUser('alan');
    const challenge = await auth.signIn(temporary, 'alan', 'Temporary-1!');
    await auth.api.adminSetUserPassword({
      UserPoolId: temporary.UserPoolId,
      Username: 'alan',
      Password: 'Permanent-1!',
      Permanent: true,
    });
    const late = { USERNAME: 'alan', NEW_PASSWORD: 'Attackers-1!', 'userAttributes.given_name': 'A' };
    await expect(auth.answer(temporary, challenge, late)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    expect(idClaims(await auth.signIn(temporary, 'alan', 'Permanent-1!'))).toBeTruthy();
  });

  it('expires', async () => {
    await createUser('edsger');
    auth.clock.advance(7 * 24 * 60 * 60 * 1000);
    await expect(auth.signIn(temporary, 'edsger', 'Temporary-1!')).rejects.toMatchObject(
      refusal(
        'NotAuthorizedException',
        'Temporary password has expired and must be reset by an administrator.',
      ),
    );
  });

  it('is changed with amazon-cognito-identity-js', async () => {
    await createUser('barbara');
    const { user, newPasswordRequired } = await signInWithIdentityJs(
      auth.url,
      temporary,
      'barbara',
      'Temporary-1!',
    );
    expect(newPasswordRequired).toEqual(['given_name']);
    const session = await new Promise<CognitoUserSession>((resolve, reject) =>
      user.completeNewPasswordChallenge(
        'Permanent-1!',
        { given_name: 'Barbara' },
        { onSuccess: resolve, onFailure: reject },
      ),
    );
    expect(session.getIdToken().payload.given_name).toBe('Barbara');
  });
});
